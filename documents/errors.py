"""Refusals of this room."""

from common.refusals import DomainError


class FactMissing(DomainError):
    message = "公文缺资料，没有生成：{what}。"
    remedy = "括号里是填写的地方；补齐后再生成。"
    status = 422


class BadTemplate(DomainError):
    message = "模板“{name}”用不了：{why}。"
    remedy = "请联系系统管理员。"


class NotForYou(DomainError):
    message = "您不能生成“{paper}”。"
    remedy = "请由经办人生成。"
    status = 403


class BadNumber(DomainError):
    message = "“{number}”不是发文字号。"
    remedy = "应像“某职院〔2026〕12号”：六角括号、四位年份、序号不编虚位。"
    status = 422


class NumberTaken(DomainError):
    message = "发文字号“{number}”已经用过。"
    remedy = "请核对发文登记簿。"


class NoConverter(DomainError):
    message = "这台服务器没有安装 LibreOffice，不能转成 PDF。"
    remedy = "可以下载 .docx 后用 Word 或 WPS 另存为 PDF；需要在线转换的请系统管理员安装。"


class NotConverted(DomainError):
    message = "转成 PDF 没有成功。"
    remedy = "请再试一次；仍不成功的，下载 .docx 后另存为 PDF。"
