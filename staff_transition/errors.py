"""What this room refuses, each with what happened and what to do next."""

from common.refusals import DomainError

NAMED = 5  # people named in a refusal, by whoever raises it


class AlreadyLocked(DomainError):
    message = "“{service}”的花名册已由{who}于 {at} 锁定，人员数据不能改。"
    remedy = "确需修改的，请人事处先解锁并写明理由；已有人付款、整册不能解锁的，在员工页单独解锁这一个人。"


class NotLocked(DomainError):
    message = "“{service}”的花名册没有锁定。"
    remedy = "请刷新页面后再看。"


class WorkerMoved(DomainError):
    message = "有人刚被调到别的服务项目，没有保存。"
    remedy = "请刷新页面，看过现在的资料再办。"


class RosterHasErrors(DomainError):
    message = "“{service}”的花名册还有 {count} 处待改正，不能锁定。"
    remedy = "请打开“待改正”逐条处理后再锁定。"


class RosterIsUnclassified(DomainError):
    message = "“{service}”还有 {count} 人没有用工形式，不能锁定。"
    remedy = "请先在员工页填写用工形式。"


class RosterIsEmpty(DomainError):
    message = "“{service}”还没有人员，不能锁定。"
    remedy = "请先导入花名册。"


class NoUnit(DomainError):
    message = "您的账号还没有部门，不知道导入到哪里。"
    remedy = "请系统管理员在“人员与部门”里补上部门。"


class NoActingPerson(DomainError):
    message = "{said}，不知道以谁的名义导入。"
    remedy = "请用 --by 用户名 指明。"


class ImportNotReady(DomainError):
    message = "这次导入现在是“{state}”，不能这样做。"
    remedy = "请刷新页面，按页面上的提示继续。"


class ImportHasErrors(DomainError):
    message = "还有 {count} 处错误，尚未写入任何数据。"
    remedy = "请改正后重新上传，或选择只导入没有错误的人。"


class NamesUnknown(DomainError):
    message = "{names} 还不知道对应什么，尚未写入任何数据。"
    remedy = "请先在页面上选好班组对应的服务项目和校区。"


class ChangedMeanwhile(DomainError):
    message = "核对之后，登记的资料有了变化，尚未写入任何数据。"
    remedy = "请看一遍新的核对结果，再点导入。"


class FileHasErrors(DomainError):
    message = "“{file}”里有 {count} 处错误，没有写入任何数据。"
    remedy = "请下载标好的原表，改正后重新上传。"
    status = 422


class NobodyToImport(DomainError):
    message = "没有可以导入的人。"
    remedy = "请改正表中的错误后重新上传。"


class NobodyToWithdraw(DomainError):
    message = "这次导入没有可以撤回的人。"
    remedy = "已经登记去向、事实或者改过的人不能这样撤回；离开的请在员工页填离开日期。"


class ColumnsContradict(DomainError):
    message = "“{field}”选了两列。"
    remedy = "每项只能对应一列，其余请选“不导入”。"


class ColumnsInQuestion(DomainError):
    message = "工资表里{heads}看不出算作什么，尚未写入任何数据。"
    remedy = "请在核对页上为每一列选定，再写入。"


class IdNumberTaken(DomainError):
    message = "身份证号与在册人员“{name}”（{service}）相同，没有保存。"
    remedy = "请核对是不是同一个人。"


class DispositionDoesNotFit(DomainError):
    message = "{names}等 {count} 人不能设为“{kind}”：用工形式不符。"
    remedy = "请先核对用工形式，或把这些人去掉后再设。"


class GroundContradicts(DomainError):
    message = "去向“{kind}”不能以“{ground}”为法定事由，没有设定。"
    remedy = "请改选事由；确是这一事由的，把去向改为与它相符的一种，没有相符的选“其他解除或终止”。"
    status = 422


class DispositionIsBarred(DomainError):
    message = "{names}等 {count} 人的去向法律不允许，没有{act}。{why}"
    remedy = "请改用其他去向或最后工作日，或先更正有误的资料；没有填最后工作日的按今天判断。"


class PaperIsStopped(DomainError):
    message = "{name}的文书现在不能出：{why}"
    remedy = "办好这一步后再生成；办不到的请改用其他去向。"


class SelectionChanged(DomainError):
    message = "您选中时有 {before} 人，现在符合条件的是 {now} 人，没有设定。"
    remedy = "请回到列表看一遍再设。"


class NobodySelected(DomainError):
    message = "没有选中任何人。"
    remedy = "请先在列表里勾选，或选“全部符合条件的人”。"
    status = 422


class IssueIsResolved(DomainError):
    message = "这一处已由{who}解决。"
    remedy = "请刷新页面。"


class NoSuchOption(DomainError):
    message = "这一口径没有所选的选项，没有保存。"
    remedy = "请刷新页面后重新选择。"
    status = 422


class OwnAdjustment(DomainError):
    message = "这一项是您登记的，不能自己复核。"
    remedy = "请人事处另一位同事复核。"
    status = 403


class AdjustmentIsOver(DomainError):
    message = "这一项已{state}。"
    remedy = "请刷新页面。"


class SchemeIsEmpty(DomainError):
    message = "方案还没有规则，没有保存。"
    remedy = "请至少写一条，如“其余全部 → 协商解除”。"
    status = 422


class SchemeIsOver(DomainError):
    message = "这个方案已{state}，不能这样做。"
    remedy = "要改的请复制为新方案。"


class AdoptionMoved(DomainError):
    message = "您打开这页以后，“{scheme}”或者现在采用的方案变过，没有采用。现在采用的：{now}。"
    remedy = "请核对本页新的内容后再采用。"


class SchemeLeavesPeople(DomainError):
    message = "{names}等 {count} 人没有一条规则适用，没有采用。"
    remedy = "请在方案最后加一条兜底的规则，或先把这些人的用工形式填好。"


class DayInFuture(DomainError):
    message = "{what}晚于今天，没有保存。"
    remedy = "请填实际的日期。"
    status = 422


class NothingLocked(DomainError):
    message = "{worker}还没有锁定的结算，没有办理。"
    remedy = "请人事处先锁定花名册；算不出金额的先补齐资料。"


class LinkIsOver(DomainError):
    message = "这个链接已经用过、过期或者停用。"
    remedy = "请向学校人事处要一个新的链接。"
    status = 410


class WrongDigits(DomainError):
    message = "身份证末四位不对，还可以输 {left} 次。"
    remedy = "请照着身份证重新输入；次数用完链接停用，要请人事处另发。"
    status = 422


class NotTheWorker(DomainError):
    message = "这个浏览器登录着本系统的工作账号，不能代本人确认或者提出异议。"
    remedy = "请把链接发给本人，由本人在自己的手机上办理；借用这台电脑的，先退出登录。"
    status = 403


class AlreadyConfirmed(DomainError):
    message = "这份结算已经确认过。"
    remedy = "不用再确认；有异议的请联系人事处。"


class ObjectionsAreMany(DomainError):
    message = "已经从这个链接提出 {count} 条异议，没有再收。"
    remedy = "请等人事处答复，或者直接打电话。"


class NoCertificate(DomainError):
    message = "{worker}这次不用开解除（终止）劳动合同证明书：去向是“{disposition}”。"
    remedy = "有疑问的请联系人事处。"


class CertificateTooEarly(DomainError):
    message = "证明书从最后工作日 {day} 起才能开具。"
    remedy = "请到那一天再办。"


class CertificateNotReady(DomainError):
    message = "证明书还缺资料，现在不能开具。"
    remedy = "请联系人事处，补齐后再打开这个链接。"


class ObjectionIsAnswered(DomainError):
    message = "这条异议已经答复。"
    remedy = "请刷新页面。"


class SettlementIsBeingPaid(DomainError):
    message = "“{service}”已有 {count} 人进入付款，不能解锁。"
    remedy = (
        "还没有付款的人，请在员工页单独解锁；已付的金额不再变动，少算的登记“更正与另行支付”，复核后作补充结算另付；"
        "没交银行的批次可以撤回，退回的款请登记退汇。"
    )


class AlreadyReopened(DomainError):
    message = "{name}已经单独解锁。"
    remedy = "请刷新页面；改好以后再单独锁定。"


class NotReopened(DomainError):
    message = "{name}没有单独解锁，不用再锁。"
    remedy = "请刷新页面。"


class WorkerIsBeingPaid(DomainError):
    message = "{name}已进入付款，不能单独解锁。"
    remedy = "少算的请登记“更正与另行支付”，复核后作补充结算另付；批次没交银行的可以撤回，退回的款请登记退汇。"


class NotLockedYet(DomainError):
    message = "“{service}”的花名册还没有锁定，不能付款。"
    remedy = "请人事处先核对并锁定。"


class NobodyToPay(DomainError):
    message = "没有可以办理的人。"
    remedy = "都已办理，或还缺银行卡号、个税等资料。"


class NobodyToAsk(DomainError):
    message = "没有要本人确认的人。"
    remedy = "都已确认，或者花名册还没有锁定。"


class OwnBatch(DomainError):
    message = "这一批是您制表的，不能自己复核。"
    remedy = "请财务处另一位同事复核。"
    status = 403


class BatchIsOver(DomainError):
    message = "这一批现在是“{state}”，不能这样做。"
    remedy = "请刷新页面，按页面上的提示继续。"


class BatchIsHeldUp(DomainError):
    message = "有 {count} 处不能付：{why}。没有{act}。"
    remedy = "请撤回这一批，处理后重新生成；已经交过银行、不能撤回的，把不能付的人登记为付款失败后再下载。"


class AlreadySent(DomainError):
    message = "{batch}的银行文件已经下载过，没有再给。"
    remedy = "确需再下载的，请回到这一批的页面，写明理由；同一份文件交银行两次会付两次款。"


class PayDayOutOfReach(DomainError):
    message = "付款日期须在今天（{today}）以后一年之内，没有生成。"
    remedy = "请改付款日期。"
    status = 422


class PaidBeforeLastDay(DomainError):
    message = "有 {count} 人的最后工作日（最晚 {last}）在{day}以后，没有{act}。"
    remedy = "经济补偿在办结工作交接时支付（劳动合同法第五十条第二款）：请核对日期，或写明提前付款的理由。"
    status = 422


class DecidedOtherwise(DomainError):
    message = "{name}已由别人登记为“{state}”，与您填的结果、日期、凭证号或原因不同；这一次全部没有登记。"
    remedy = "请对照银行回单；已付的确实退回了，请登记退汇。"


class AnswerIsOld(DomainError):
    message = "这份回单在{batch}复核以前就传过，不会是这一批的，没有登记。"
    remedy = "请传银行对这一批的回单。"


class AnswerOfAnother(DomainError):
    message = "回单里有 {count} 笔是{batch}的付款，没有登记。"
    remedy = "请核对是不是拿错了回单；几批合在一份里的，请只留这一批的行再传。"


class ReturnMoved(DomainError):
    message = "您打开本页以后，这一批又登记了结果：回单现在对上 {now} 笔，您看到的是 {seen} 笔，没有登记。"
    remedy = "请看一遍新的核对结果再登记。"


class VoucherMissing(DomainError):
    message = "{name}已付，没有凭证号，没有登记。"
    remedy = "请填付款凭证号。"
    status = 422


class DayOutOfReach(DomainError):
    message = "日期 {day} 不在 {first} 至今天（{today}）之间，没有保存。"
    remedy = "请填实际的日期。"
    status = 422


class NotPaid(DomainError):
    message = "{name}这笔付款现在是“{state}”，不能这样做。"
    remedy = "请刷新页面。"


class OwnReturn(DomainError):
    message = "这笔退汇是您登记的，不能自己复核。"
    remedy = "请财务处另一位同事复核。"
    status = 403


class OwnAccount(DomainError):
    message = "这个银行卡号是您改的，不能自己核对。"
    remedy = "请人事处或财务处另一位同事与本人核对。"
    status = 403


class CheckedAlready(DomainError):
    message = "这个银行卡号您已核对过；查不到是谁改的，须两人分别核对。"
    remedy = "请人事处或财务处另一位同事再与本人核对。"
    status = 403


class AccountAsLocked(DomainError):
    message = "{name}的银行卡号不用核对：与第一次锁定或者上次付款时相同，或已核对过。"
    remedy = "请刷新页面。"


class AccountMoved(DomainError):
    message = "{name}的资料在您打开本页以后改过，没有登记核对。"
    remedy = "请重新打开本页，按现在的卡号与本人核对。"


class SupplementIsPaid(DomainError):
    message = "这一项已作补充结算并进入付款，不能撤销。"
    remedy = "批次还没交银行的，请先撤回批次。"


class SupplementIsCounted(DomainError):
    message = "补充结算第 {number} 次不能撤销：后面{later}的个税是合并它计算的。"
    remedy = "请先撤销后面的，再撤销这一项，然后重新登记后面的；税会重新算。"


class NobodyTakenOver(DomainError):
    message = "“{service}”没有由承接单位接收的人，没有发出。"
    remedy = "请先采用安置方案，或逐人设定去向。"


class NoContractYet(DomainError):
    message = "“{contractor}”没有“{service}”的在执行合同，没有发出。"
    remedy = "请先登记合同；签约前确需先给的，在下面写明理由，会留下记录。"


class PackUnchanged(DomainError):
    message = "与上一次发出的相同，没有重发。"
    remedy = "人员、工资、入职日期或去向有变动后再发。"


class ReceivedBeforeMade(DomainError):
    message = "签收日期早于资料发出的 {made_on}，没有保存。"
    remedy = "请填承接单位实际签收的日期。"
    status = 422


class PackIsReceived(DomainError):
    message = "这一次已经登记签收。"
    remedy = "请刷新页面。"


class GroundMissing(DomainError):
    message = "“其他解除或终止”没有选法定事由，没有设定。"
    remedy = "请选法定事由并写明依据。"
    status = 422
