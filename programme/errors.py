"""Refusals of this room."""

from common.refusals import DomainError


class NotANeighbour(DomainError):
    message = "“{service}”现在是“{now}”，不能直接改为“{to}”。"
    remedy = "手工只能前进或后退一步；报批、采购的阶段由审批和采购自动推进。"


class InUse(DomainError):
    message = "“{what}”已有{by}，不能删除。"
    remedy = "不再做的，请把阶段退回“拟议”并写明原因。"


class MeasureIsClosed(DomainError):
    message = "这项整改已是“{state}”。"
    remedy = "请刷新页面。"
