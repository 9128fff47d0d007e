"""The register of companies, their contracts, and what a contractor's own person sees."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from contractors.models import Contract, Contractor
from contractors.tests.fixtures import USCC
from contractors.uscc import read_uscc

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(position=st.integers(0, 17), sign=st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_noticed(position, sign):
    if sign == USCC[position]:
        assert read_uscc(USCC) == USCC
        return
    with pytest.raises(ValueError, match=r"校验|只能"):
        read_uscc(USCC[:position] + sign + USCC[position + 1 :])


def test_the_code_is_read_as_people_type_it_and_refused_in_words():
    assert read_uscc(" 91420900 ma4k2b3c5x ") == USCC
    with pytest.raises(ValueError, match="现在是 15 位"):
        read_uscc("420900123456789")
    with pytest.raises(ValueError, match="最后一位应为 X"):
        read_uscc(USCC[:-1] + "1")


def rows(prefix):
    return {f"{prefix}-{name}": value for name, value in
            (("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0), ("MIN_NUM_FORMS", 0), ("MAX_NUM_FORMS", 1000))}  # fmt: skip


def test_a_company_is_registered_with_contacts_and_qualifications(college, client):
    client.force_login(college.cast.officer)
    sent = rows("contacts") | rows("qualifications") | {
        "name": "安洁保洁有限公司", "uscc": "91420902ma49c3xj6h", "is_legal_entity": "on", "contacts-0-name": "吴经理",
        "contacts-0-phone": "13900002222", "qualifications-0-name": "清运许可证",
        "qualifications-0-valid_to": "2027-01-01",
    }  # fmt: skip
    assert client.post(reverse("contractors:contractor-add"), sent).status_code == 302
    company = Contractor.objects.get()
    assert company.uscc == "91420902MA49C3XJ6H"
    page = client.get(company.get_absolute_url()).content.decode()
    assert "139****2222" in page
    assert "13900002222" not in page


def test_a_wrong_code_is_said_at_the_field(college, client):
    client.force_login(college.cast.officer)
    sent = rows("contacts") | rows("qualifications") | {"name": "某公司", "uscc": USCC[:-1] + "1"}
    page = client.post(reverse("contractors:contractor-add"), sent).content.decode()
    assert "最后一位应为 X" in page
    assert not Contractor.objects.exists()


def test_a_contractor_sees_the_own_contract_and_nothing_else(contract, college, client):
    other = Contractor.objects.create(name="别家", uscc="91420902MA49C3XJ6H")
    theirs = Contract.objects.create(
        service=college.cleaning, contractor=other, number="HT-2", title="环卫服务合同", first_day=contract.first_day,
        last_day=contract.last_day, yearly_amount=1,
    )  # fmt: skip
    client.force_login(college.cast.contractor)
    page = client.get(reverse("contractors:mine")).content.decode()
    assert "绿化养护服务合同" in page
    assert "环卫服务合同" not in page
    assert client.get(theirs.get_absolute_url()).status_code == 403
    assert client.get(reverse("contractors:contract-file", args=[theirs.pk])).status_code == 404


def test_a_contract_that_ends_soon_is_on_the_board_and_beside_the_list(contract, college, client):
    client.force_login(college.cast.officer)
    assert "合同到期，待决定" in client.get(reverse("programme:board")).content.decode()
    assert "合同余 37 天" in client.get(reverse("contractors:contracts")).content.decode()


def test_ended_contracts_have_their_own_list(contract, college, client):
    contract.last_day = timezone.localdate() - timedelta(days=1)
    contract.save()
    client.force_login(college.cast.finance)
    url = reverse("contractors:contracts")
    assert "绿化养护服务合同" not in client.get(url).content.decode()
    assert "绿化养护服务合同" in client.get(url, {"ended": 1}).content.decode()


def test_a_contract_is_changed_with_its_revision(contract, college, client):
    client.force_login(college.cast.officer)
    sent = {
        "service": contract.service_id, "contractor": contract.contractor_id, "number": "HT-2025-01", "title": "新名称",
        "first_day": "2025-01-01", "last_day": "2026-12-31", "yearly_amount": "27.84万", "revision": 1,
    }  # fmt: skip
    url = reverse("contractors:contract-edit", args=[contract.pk])
    assert client.post(url, sent).status_code == 302
    assert "已经改过这里" in client.post(url, sent).content.decode()
    assert "终止日期早于起始日期" in client.post(url, sent | {"last_day": "2024-01-01", "revision": 2}).content.decode()


def test_the_lists_cost_the_same_queries_for_many(contract, college, client, django_assert_max_num_queries):
    client.force_login(college.cast.officer)
    for name in ("contracts", "contractors"):
        with django_assert_max_num_queries(40) as few:
            client.get(reverse(f"contractors:{name}"))
        Contract.objects.bulk_create(
            Contract(service=contract.service, contractor=contract.contractor, number=f"{name}{number}", title="x",
                     first_day=contract.first_day, last_day=contract.last_day, yearly_amount=1)
            for number in range(60)
        )  # fmt: skip
        with django_assert_max_num_queries(len(few)):
            client.get(reverse(f"contractors:{name}"))


def test_a_contract_under_which_the_college_leads_the_people_is_shown_as_dispatch(contract, cast, client):
    client.force_login(cast.officer)
    url = reverse("contractors:contract", args=[contract.pk])
    assert "假外包" not in client.get(url).content.decode()
    edit = client.get(reverse("contractors:contract-edit", args=[contract.pk])).context["form"]
    sent = {name: edit[name].value() for name in edit.fields if edit[name].value() is not None}
    sent = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in sent.items()}
    client.post(
        reverse("contractors:contract-edit", args=[contract.pk]), sent | {"college_does": ["attendance", "pay"]}
    )
    page = client.get(url).content.decode()
    for words in ("考勤由学校做；工资由学校发", "劳务派遣暂行规定", "第九十二条"):
        assert words in page, words
    contract.refresh_from_db()
    assert contract.college_does == ["attendance", "pay"]
