"""Refusals: what a person may not do now, said so that they know what happened, where, and what to do next.

An action raises one; a page with typed text shows it above the form (common.forms), everything else becomes a page
(common.middleware). Anything that is not a DomainError is a bug and stays a 500.
"""


class DomainError(Exception):
    """Base of all refusals. Subclasses give `message` and `remedy`, with {names} filled from keyword arguments."""

    message = "现在不能这样做。"
    remedy = ""
    status = 409

    def __init__(self, **facts: object):
        self.facts = facts
        super().__init__(self.message.format(**facts))
        self.remedy = self.remedy.format(**facts)

    @property
    def text(self) -> str:
        """Message and remedy in one piece, for a form, a command or a toast."""
        return f"{self}{self.remedy}"


class NotYours(DomainError):
    """The person may not do this, whatever the state: wrong role, wrong unit, own draft."""

    message = "您不能{act}。"
    remedy = "需要办理的，请联系{who}。"
    status = 403

    def __init__(self, act: str, who: str = "系统管理员"):
        super().__init__(act=act, who=who)


class Stale(DomainError):
    """Somebody else saved in the meantime; what was typed is kept on the page."""

    message = "{who}在 {at} 已经改过这里，您看到的不是最新内容。"
    remedy = "您填的内容还在本页，请对照新内容后再保存。"


class NotReadable(DomainError):
    """A file that cannot be used as it is; `why` says what it is, `remedy` how to save it again."""

    message = "{why}"
    remedy = "{how}"
    status = 422


class Crossed(DomainError):
    """Two acts waited for each other and the database gave one of them up; nothing of it was written."""

    message = "有人同时在改同一批资料，这一次没有保存。"
    remedy = "请再办一次。"


CROSSED = frozenset({"40P01", "40001"})  # PostgreSQL's deadlock_detected, serialization_failure


def refusal_in(error: BaseException) -> DomainError | None:
    """The refusal that an error means for a person; None for a bug."""
    if isinstance(error, DomainError):
        return error
    return Crossed() if getattr(error.__cause__, "sqlstate", None) in CROSSED else None


def require(allowed: bool, error: type[DomainError], **facts: object) -> None:
    """Raise `error` unless `allowed`. One line per precondition at the top of an action."""
    if not allowed:
        raise error(**facts)
