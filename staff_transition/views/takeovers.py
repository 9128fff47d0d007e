"""接收人员资料: the list for the contractor, its receipts, and whether it must be sent again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.audience import SignedIn, audience
from accounts.models import AccessRecord
from common.downloads import attachment
from common.forms import Form
from common.requests import address_of
from common.xlsx import MEDIA_TYPE, Column, Sheet, workbook
from contractors.models import Contractor
from programme.models import Service
from staff_transition import permissions
from staff_transition.actions import takeovers as actions
from staff_transition.figures import day_from, decimal_from, total_of
from staff_transition.models import TakeoverPack
from staff_transition.takeover import takeover_of, years_words

COLUMNS = (
    Column("序号", "number", 6), Column("姓名"), Column("岗位"), Column("校区"), Column("首次入职", "date"),
    Column("接收前最后工作日", "date", 16),
    Column("月工资（应发）", "amount", 15), Column("12 个月平均应发工资", "amount", 20), Column("工龄办法", width=26),
    Column("连续工龄", width=20), Column("连续工龄折算补偿", "amount", 18),
)  # fmt: skip


class PackForm(Form):
    contractor = forms.ModelChoiceField(Contractor.objects.all(), label="承接单位", empty_label="请选择")
    without_contract = forms.CharField(
        label="没有本项目合同的理由", required=False, max_length=150, help_text="有在执行合同的不填；签约前先给的才写。"
    )


class ReceiptForm(Form):
    received_on = forms.DateField(label="签收日期", widget=forms.DateInput(), initial=timezone.localdate)
    receiver = forms.CharField(label="签收人", max_length=50)
    reason = forms.CharField(label="更正的理由", max_length=80, error_messages={"required": "请写明为什么更正。"})

    def __init__(self, pack: TakeoverPack, *args: Any):
        super().__init__(*args)
        if pack.received_on:
            self.initial = {"received_on": pack.received_on, "receiver": pack.receiver}
        else:
            del self.fields["reason"]


def _service(request: SignedIn, pk: int) -> Service:
    return get_object_or_404(Service.objects.visible_to(request.user), pk=pk)


@audience(*permissions.LINKERS)
def takeover(request: SignedIn, pk: int) -> HttpResponse:
    """Who goes to the contractor, what the years may cost it, what was handed over when."""
    service = _service(request, pk)
    found = takeover_of(service)
    packs = list(TakeoverPack.objects.filter(service=service).select_related("contractor", "made_by").defer("content"))
    form = PackForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            address = address_of(request)
            data = form.cleaned_data
            pack = actions.send_pack(
                service, data["contractor"], by=request.user, address=address, without_contract=data["without_contract"]
            )
            messages.success(request, f"第 {pack.number} 次资料已生成，请下载后交承接单位签收。")
            return redirect("staff:takeover", service.pk)
    is_changed = bool(packs) and packs[0].digest != found.digest
    context = {"service": service, "found": found, "packs": packs, "form": form, "is_changed": is_changed}
    return render(request, "staff_transition/takeover.html", context)


def _pack(request: SignedIn, pk: int) -> TakeoverPack:
    mine = TakeoverPack.objects.visible_to(request.user).select_related("service", "contractor")
    return get_object_or_404(mine, pk=pk)


@audience(*permissions.LINKERS)
def pack_file(request: SignedIn, pk: int) -> HttpResponse:
    """The list as it was handed over; every taking is written down."""
    pack = _pack(request, pk)
    people: list[dict[str, Any]] = pack.content["people"]
    rows = [
        [
            number, each["name"], each["post"], each["campus"], day_from(each["first_hired"]), day_from(each["last_day"]),
            decimal_from(each["monthly_wage"]), decimal_from(each.get("average_wage")),
            years_words(each["is_continuous"], day_from(each.get("settled_on"))), each["years"], decimal_from(each["carried"]),
        ]
        for number, each in enumerate(people, 1)
    ]  # fmt: skip
    monthly, average, carried = (
        total_of(decimal_from(each.get(name)) for each in people)
        for name in ("monthly_wage", "average_wage", "carried")
    )
    AccessRecord.write(
        AccessRecord.Kind.EXPORT,
        request.user,
        f"下载{pack}",
        reason="接收人员",
        address=address_of(request),
    )
    below = (
        f"本表只供{pack.contractor.name}接收人员使用，不含身份证号和健康情况；指纹 {pack.digest[:16]}。",
        "签收人：　　　　　　　　日期：　　年　　月　　日",
    )
    title = f"{pack.service.name}接收人员资料（第 {pack.number} 次）"
    total = ("", f"合计 {len(rows)} 人", "", "", "", "", monthly, average, "", "", carried)
    content = workbook([Sheet("接收人员", COLUMNS, rows, title=title, total=total, below=below)])
    return attachment(content, f"{pack}.xlsx", MEDIA_TYPE)


@audience(*permissions.LINKERS)
def receive(request: SignedIn, pk: int) -> HttpResponse:
    """The contractor signed; or what was registered of that is corrected, with the reason."""
    pack = _pack(request, pk)
    form = ReceiptForm(pack, request.POST or None)
    if form.is_valid():
        with form.refusals():
            actions.receive_pack(pack, by=request.user, **form.cleaned_data)
            messages.success(request, "签收已登记。")
            return redirect("staff:takeover", pack.service_id)
    return render(request, "staff_transition/takeover_receive.html", {"pack": pack, "form": form})
