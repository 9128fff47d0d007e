"""What a roster may hold: each field with the heads that offices write over it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One fact a roster may hold. `synonyms`: heads that mean it for certain; `pattern`: heads that probably do."""

    key: str
    label: str
    synonyms: str
    pattern: str = ""
    longest: int = 0  # characters of a text field


FIELDS = (
    Field(
        "seq", "序号",
        "序号 编号 号 顺序号 no no. 序",
    ),
    Field(
        "campus", "校区",
        "校区 所在校区 校区名称 院区 工作校区 工作地点", r"校区|院区|工作地", 50,
    ),
    Field(
        "team", "班组",
        "班组 班组名称 所在班组 服务项目 项目 部门 科室 所属班组 岗位类别 工作部门", r"班组|项目", 50,
    ),
    Field(
        "name", "姓名",
        "姓名 员工姓名 职工姓名 人员姓名 名字 姓名全称", r"姓名", 50,
    ),
    Field(
        "sex", "性别",
        "性别 男女 男/女", r"性别",
    ),
    Field(
        "id_number", "身份证号",
        "身份证号 身份证号码 公民身份号码 身份证 证件号码 证件号 居民身份证号码 身份号码 "
        "公民身份证号码 公民身份证号", r"身份证|身份号|证件号",
    ),
    Field(
        "birth_date", "出生日期",
        "出生日期 出生年月 出生年月日 生日 出生时间", r"出生",
    ),
    Field(
        "post", "岗位",
        "岗位 工种 岗位工种 岗位名称 职务 工作岗位 岗位/工种 职位 工种岗位", r"岗位|工种", 50,
    ),
    Field(
        "category", "用工形式",
        "用工形式 用工性质 用工类别 用工类型 人员类别 人员性质 用工方式 员工类别 合同类型 "
        "身份类别", r"用工",
    ),
    Field(
        "hired_on", "入职日期",
        "入职时间 入职日期 进校时间 进校日期 来校时间 来校日期 到校时间 到岗时间 到岗日期 "
        "用工时间 用工之日 参加本校工作时间 入校时间 入校日期 上岗时间 上岗日期", r"入职|进校|来校|到校|到岗|入校|上岗|参加工作",
    ),
    Field(
        "contract_from", "合同起始日期",
        "合同起始日期 合同起始时间 合同开始日期 合同开始时间 合同起 合同起始 合同开始 "
        "合同签订日期 合同签订时间 合同期限起 合同期限起始 合同期限开始 合同期起 合同起止起 "
        "合同起止日期起 合同起止时间起 劳动合同起始日期 劳动合同起始时间 本期合同起始日期 "
        "合同期限自 合同自", r"合同.*(起始|开始|起$|自$|签订)",
    ),
    Field(
        "contract_to", "合同终止日期",
        "合同终止日期 合同终止时间 合同结束日期 合同到期日期 合同到期时间 合同到期日 合同止 "
        "合同终止 合同结束 合同到期 合同期限止 合同期限终止 合同期限结束 合同期止 "
        "合同起止止 合同起止日期止 合同起止时间止 劳动合同终止日期 劳动合同到期时间 "
        "本期合同终止日期 合同期限至 合同至 合同截止日期", r"合同.*(终止|结束|到期|截止|止$|至$)",
    ),
    Field(
        "contract_period", "合同期限（起止在一格）",
        "合同期限 合同起止 合同起止日期 合同起止时间 合同期 劳动合同期限 合同有效期", r"合同(期|起止|有效)",
    ),
    Field(
        "monthly_wage", "月工资（应发）",
        "月工资 工资 月工资标准 工资标准 应发工资 月应发工资 应发 工资应发 月工资应发 "
        "工资/应发 月薪 基本工资 月收入", r"工资|月薪|薪酬",
    ),
    Field(
        "average_wage", "12 个月平均工资（应发）",
        "近12个月平均工资 前12个月平均工资 12个月平均工资 近十二个月平均工资 "
        "前十二个月平均工资 近一年月平均工资 近12月平均工资 月平均工资 平均工资 "
        "近12个月月均工资 上年度月平均工资 近12个月平均应发工资", r"平均|月均",
    ),
    Field(
        "is_insured", "是否参加社保",
        "是否参加社保 是否参保 社保 参保 参保情况 社保情况 是否缴纳社保 是否购买社保 "
        "社会保险 是否缴社保 是否交社保", r"社保|参保|社会保险",
    ),
    Field(
        "phone", "联系电话",
        "联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 本人电话", r"电话|手机|联系方式", 50,
    ),
    Field(
        "bank_account", "银行卡号",
        "银行卡号 银行账号 卡号 账号 工资卡号 银行帐号 工资卡 开户账号 银行卡 工资账号", r"卡号|账号|帐号",
    ),
    Field(
        "bank_name", "开户行",
        "开户行 开户银行 银行 银行名称 开户行名称", r"开户", 50,
    ),
    Field(
        "remark", "备注",
        "备注 说明 备注说明 其他 情况说明 附注", r"备注|说明", 500,
    ),
)  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}
IGNORE = ""  # a column that is not read
LABELS = {IGNORE: "不导入"} | {field.key: field.label for field in FIELDS}
