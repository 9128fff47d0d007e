"""Refusals of this room."""

from common.refusals import DomainError


class NoSuchKey(DomainError):
    message = "没有这个参数。"
    remedy = "请从列表里选。"
    status = 422


class OwnParameter(DomainError):
    message = "这个数是您录入的，不能自己复核。"
    remedy = "请另一位系统管理员或人事处对照文件复核。"
    status = 403


class NothingPending(DomainError):
    message = "这个数不用复核。"
    remedy = "请刷新页面。"
