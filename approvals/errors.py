"""Refusals of this room: who did what in the meantime, and what to do next. What was typed stays on the page."""

from common.refusals import DomainError


class NotYourStep(DomainError):
    message = "现在是“{step}”环节，不由您办理。"
    remedy = "轮到您时会出现在待办里。"
    status = 403


class OwnDraft(DomainError):
    message = "自己起草的事项不能自己审批。"
    remedy = "请由本环节的其他人办理。"
    status = 403


class AlreadyDecided(DomainError):
    message = "{who}已在 {at} {kind}，这一步已经办过。"
    remedy = "您写的意见没有提交，还在本页，要用的请先复制；本页上面已是最新进度。"


class Moved(DomainError):
    message = "您看的是旧版本，内容已经变动。"
    remedy = "您写的意见没有提交，还在本页：请先复制，再刷新，按最新内容办理。"


class OpinionRequired(DomainError):
    message = "{kind}要写明意见。"
    remedy = "写清楚要改什么，经办人才能一次改好。"
    status = 422


class MeetingRequired(DomainError):
    message = "这是会议环节，要写会议名称、日期和纪要文号。"
    remedy = "会议开过、纪要印发后再登记。"
    status = 422


class NoSuchStep(DomainError):
    message = "不能退回到这一步。"
    remedy = "只能退给经办人，或者退到前面的环节。"
    status = 422


class AlreadyRunning(DomainError):
    message = "“{title}”正在审批，不能再次提交。"
    remedy = "要改内容的，请先撤回。"


class NoRoute(DomainError):
    message = "还没有“{kind}”的审批流程。"
    remedy = "请系统管理员设置审批流程。"
