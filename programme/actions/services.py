"""Making, changing, moving and removing a service."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError

from common.history import record, require_fresh
from common.refusals import NotYours, require
from programme import permissions
from programme.errors import InUse, NotANeighbour
from programme.models import Campus, Service, Stage

ORDER = list(Stage)


@transaction.atomic
def save_service(
    service: Service, rows: Iterable[tuple[models.Model, bool]], *, by: Any, reason: str, revision: int | None
) -> Service:
    """Write a service with its scope and cost rows in one go; `rows` are (row, is it deleted?).

    `revision`: what the person saw, None for a new service. Raises NotYours, Stale.
    """
    require(permissions.may_edit(by, service), NotYours, act="修改这个服务项目", who=permissions.OFFICE)
    if revision is not None:
        stored = Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
        require_fresh(stored, revision)
        service.stage, service.revision = stored.stage, stored.revision + 1
    record(service, by, reason)
    for row, is_deleted in rows:
        row.service = service  # type: ignore[attr-defined]
        if is_deleted:
            row._history_user, row._change_reason = by, reason  # type: ignore[attr-defined]
            row.delete()
        else:
            record(row, by, reason)
    return service


@transaction.atomic
def move_stage(service: Service, to: str, *, by: Any, reason: str, is_by_hand: bool = False) -> Service:
    """The one place where a stage changes. By hand one step at a time and by the office; rooms above move it as they finish.

    Raises NotYours, NotANeighbour.
    """
    held = Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    if held.stage == to:
        return held
    if is_by_hand:
        require(permissions.may_edit(by, held), NotYours, act="改变阶段", who=permissions.OFFICE)
        distance = abs(ORDER.index(Stage(to)) - ORDER.index(Stage(held.stage)))
        require(distance == 1, NotANeighbour, service=held, now=held.get_stage_display(), to=Stage(to).label)
    held.stage = to
    record(held, by, reason, "stage")
    return held


@transaction.atomic
def remove_service(service: Service, *, by: Any, reason: str) -> None:
    """Delete a service that nothing refers to yet. Raises NotYours, InUse."""
    require(permissions.may_edit(by, service), NotYours, act="删除这个服务项目", who=permissions.OFFICE)
    service._history_user, service._change_reason = by, reason  # type: ignore[attr-defined]
    try:
        service.delete()
    except ProtectedError as error:
        kinds = {str(row._meta.verbose_name) for row in error.protected_objects}
        raise InUse(what=service, by="、".join(sorted(kinds))) from None


@transaction.atomic
def save_campus(campus: Campus, *, by: Any) -> Campus:
    """Add or change a campus; its district decides which minimum wage holds there."""
    require(by.has_role(*permissions.CAMPUS_KEEPERS), NotYours, act="修改校区")
    record(campus, by, "校区和所在区县")
    return campus
