"""Keeping the register of companies and their contracts."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from common.history import record, require_fresh
from common.models import StoredFile
from common.refusals import NotYours, require
from common.uploads import KINDS
from contractors import permissions
from contractors.models import Contract, Contractor
from contractors.uscc import read_uscc


@transaction.atomic
def save_contractor(
    contractor: Contractor, rows: Iterable[tuple[models.Model, bool]], *, by: Any, reason: str
) -> Contractor:
    """Write a company with its contacts and qualifications; `rows` are (row, is it deleted?). Raises NotYours."""
    require(permissions.may_keep(by), NotYours, act="修改承包商登记簿", who=permissions.KEEPER_OFFICE)
    contractor.uscc = read_uscc(contractor.uscc)
    record(contractor, by, reason)
    for row, is_deleted in rows:
        row.contractor = contractor  # type: ignore[attr-defined]
        if is_deleted:
            row._history_user, row._change_reason = by, reason  # type: ignore[attr-defined]
            row.delete()
        else:
            record(row, by, reason)
    return contractor


@transaction.atomic
def save_contract(
    contract: Contract, *, by: Any, reason: str, revision: int | None, upload: tuple[str, str, bytes] | None = None
) -> Contract:
    """Write a contract; `revision`: what the person saw, None for a new one. Raises NotYours, Stale."""
    require(permissions.may_keep(by), NotYours, act="登记合同", who=permissions.KEEPER_OFFICE)
    if revision is not None:
        stored = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        require_fresh(stored, revision)
        contract.revision = stored.revision + 1
    if upload:
        name, kind, content = upload
        contract.file = StoredFile.keep(name, content, KINDS[kind].media_type, by)
    record(contract, by, reason)
    return contract
