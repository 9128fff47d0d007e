"""Refusals of this room."""

from common.refusals import DomainError


class NoSuchKey(DomainError):
    message = "没有这个参数。"
    remedy = "请从列表里选。"
    status = 422
