"""Refusals of this room."""

from common.refusals import DomainError


class AlreadySetUp(DomainError):
    message = "系统已经有用户，不能再建第一位管理员。"
    remedy = "请直接登录。"


class WrongSetupCode(DomainError):
    message = "安装码不对。"
    remedy = "安装码在启动程序的窗口里，也可以运行 manage.py setup_code 查看。"
    status = 403


class LastAdmin(DomainError):
    message = "{name}是唯一的系统管理员，不能停用，也不能去掉这个角色。"
    remedy = "请先给另一位加上系统管理员角色。"


class UnitInUse(DomainError):
    message = "“{unit}”已有人员或者记录，不能删除。"
    remedy = "不再用的部门可以改名或者排到最后。"
