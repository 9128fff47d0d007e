"""A running contract of the greening service, whose company has a person with a sign-in."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contractors.models import Contract, Contractor, ContractorContact

USCC = "91420900MA4K2B3C5X"


@pytest.fixture
def contract(college) -> Contract:
    company = Contractor.objects.create(name="楚天绿化有限公司", uscc=USCC)
    ContractorContact.objects.create(contractor=company, name="江珊", user=college.cast.contractor)
    return Contract.objects.create(
        service=college.services["绿化"], contractor=company, number="HT-2025-01", title="绿化养护服务合同",
        first_day=date(2025, 1, 1), last_day=date.today() + timedelta(days=37), yearly_amount=Decimal("278400"),  # noqa: DTZ011
    )  # fmt: skip
