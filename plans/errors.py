"""Refusals of this room."""

from common.refusals import DomainError


class NotADraft(DomainError):
    message = "方案“{state}”，不能修改。"
    remedy = "审批中的请先撤回；已通过的要改，请另报。"


class Incomplete(DomainError):
    message = "方案还缺 {count} 项，不能提交：{what}。"
    remedy = "逐项补齐后再提交。"
    status = 422


class SectionIsStale(DomainError):
    message = "{who}在 {at} 改过这一节，您的内容没有覆盖它。"
    remedy = "两份都在下面，合并后再保存。"


class StaffNotLocked(DomainError):
    message = "“{service}”的花名册没有锁定，{step}不能通过。"
    remedy = "请人事处先到“花名册与锁定”复核并锁定。"


class StaffDataMoved(DomainError):
    message = "人员资料与方案 V{number} 冻结时不一致，不能通过。"
    remedy = "请退回经办人，按现在的资料重新提交。"


class RosterHasOpenErrors(DomainError):
    message = "“{service}”的花名册还有 {count} 处待改正，{step}不能通过。"
    remedy = "请先在“待改正”里处理。"


class NothingFrozen(DomainError):
    message = "方案还没有提交过，公文要从冻结的版本生成。"
    remedy = "请先提交审批。"
