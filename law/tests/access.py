"""Who may open each page of this room; tests/test_access.py holds the code against it."""

from accounts.audience import STAFF
from accounts.models import Role
from accounts.tests.access import about
from law.models import Parameter, PlaceTier


def of_parameter(cast):
    return {"pk": Parameter.objects.first().pk}


def of_tier(cast):
    return {"pk": PlaceTier.objects.create(place="某区", tier="湖北省/三档", since="2025-12-01", source="附件").pk}


ACCESS = {
    "law:parameters": about(STAFF),
    "law:articles": about(STAFF),
    **{f"law:{name}": about([Role.ADMIN]) for name in ("parameter-add", "tier-add", "calendar")},
    "law:parameter": about([Role.ADMIN], of_parameter),
    "law:parameter-confirm": about([Role.ADMIN, Role.HR], of_parameter),
    "law:tier": about([Role.ADMIN], of_tier),
}
