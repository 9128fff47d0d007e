"""Handing the list of people over to the contractor, and its receipt."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import AccessRecord
from common.history import record
from common.refusals import NotYours, require
from contractors.models import Contract, Contractor
from programme.models import Service
from staff_transition import permissions
from staff_transition.actions.holding import hold_roster
from staff_transition.errors import (
    DayInFuture,
    NobodyTakenOver,
    NoContractYet,
    PackIsReceived,
    PackUnchanged,
    ReceivedBeforeMade,
)
from staff_transition.models import TakeoverPack
from staff_transition.takeover import takeover_of


@transaction.atomic
def send_pack(
    service: Service, contractor: Contractor, *, by: Any, address: str | None, without_contract: str = ""
) -> TakeoverPack:
    """Keep the list as it is handed over now; `without_contract`: why it leaves before there is a contract.

    Raises NotYours, NobodyTakenOver, NoContractYet, PackUnchanged.
    """
    require(permissions.may_link(by), NotYours, act="发出接收人员资料", who=permissions.HR_OFFICE)
    hold_roster(service, by)  # one pack of a service at a time
    found = takeover_of(service)
    require(bool(found.people), NobodyTakenOver, service=service)
    contracts = Contract.objects.running().filter(
        service=service, contractor=contractor, last_day__gte=timezone.localdate()
    )
    is_bound = contracts.exists()
    require(is_bound or bool(without_contract), NoContractYet, contractor=contractor.name, service=service)
    last = TakeoverPack.objects.filter(service=service).order_by("-number").first()
    require(last is None or (last.digest, last.contractor_id) != (found.digest, contractor.pk), PackUnchanged)  # type: ignore[union-attr]
    number = (TakeoverPack.objects.filter(service=service).aggregate(Max("number"))["number__max"] or 0) + 1
    pack = TakeoverPack(
        service=service, contractor=contractor, number=number, content=found.content, digest=found.digest, people=len(found.people),
        made_by=by, made_at=timezone.now(),
    )  # fmt: skip
    why = "" if is_bound else f"，没有合同：{without_contract}"
    record(pack, by, f"发给{contractor.name}{why}")
    AccessRecord.write(
        AccessRecord.Kind.EXPORT,
        by,
        f"{pack} {pack.people} 人，给{contractor.name}",
        reason=f"接收人员{why}",
        address=address,
    )
    return pack


@transaction.atomic
def receive_pack(pack: TakeoverPack, received_on: date, receiver: str, *, by: Any, reason: str = "") -> TakeoverPack:
    """The contractor signed for it; `reason`: why what was registered is corrected.

    Raises NotYours, PackIsReceived, DayInFuture, ReceivedBeforeMade.
    """
    require(permissions.may_link(by), NotYours, act="登记签收", who=permissions.HR_OFFICE)
    pack = TakeoverPack.objects.select_for_update(of=("self",), no_key=True).get(pk=pack.pk)
    require(pack.received_on is None or bool(reason), PackIsReceived)
    require(received_on <= timezone.localdate(), DayInFuture, what="签收日期")
    made_on = timezone.localdate(pack.made_at)
    require(made_on <= received_on, ReceivedBeforeMade, made_on=made_on)
    pack.received_on, pack.receiver = received_on, receiver
    record(pack, by, f"更正签收：{reason}"[:100] if reason else "登记签收", "received_on", "receiver")
    return pack
