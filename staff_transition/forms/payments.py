"""Confirmation by the worker; payment batches and what the bank says."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from common.forms import Form, OnceMixin
from staff_transition.actions.payments import Result
from staff_transition.models import Payment
from staff_transition.roster.cells import half_width, squeeze

DIGITS = 4
OBJECTION_WORDS = "请写明哪里不对，人事处会答复。"
BOTH_WORDS = (
    "没有确认：您写了异议，还没有提交。要提出异议的，请按“不对，提出异议”；没有异议的，请先删掉写的字，再确认。"
)


class DigitsForm(Form):
    digits = forms.CharField(
        label="身份证末四位", widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        help_text="最后一位是 X 的写 X。", error_messages={"required": "请输入身份证号的最后四位。"},
    )  # fmt: skip

    def clean_digits(self) -> str:
        """As a phone's keyboard gives them: full-width signs and spaces are no mistake, and none of them costs an attempt."""
        digits = squeeze(half_width(self.cleaned_data["digits"])).upper()
        if len(digits) != DIGITS:
            raise forms.ValidationError(f"请输入身份证号的最后四位，您输入了 {len(digits)} 位。")
        return digits


class ObjectionForm(OnceMixin, Form):
    text = forms.CharField(
        label="哪里不对", max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "data-kept": "", "data-needed": "object", "data-words": OBJECTION_WORDS}),
        error_messages={"required": OBJECTION_WORDS},
    )  # fmt: skip


class AnswerForm(Form):
    answer = forms.CharField(
        label="答复",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明答复。"},
    )


class ScanForm(Form):
    scan = forms.FileField(
        label="签字扫描件",
        help_text="PDF 或照片。",
        error_messages={"required": "请选择扫描件。", "empty": "文件是空的。"},
    )


class BatchForm(Form):
    pay_on = forms.DateField(label="付款日期", widget=forms.DateInput(), initial=timezone.localdate)
    early_reason = forms.CharField(
        label="提前付款的理由", required=False, max_length=200,
        help_text="早于最后工作日付款的才填；经济补偿在办结工作交接时支付（劳动合同法第五十条第二款）。",
    )  # fmt: skip


class ReturnedForm(Form):
    returned_on = forms.DateField(label="退汇日期", widget=forms.DateInput(), initial=timezone.localdate)
    reason = forms.CharField(
        label="退汇原因", max_length=200, error_messages={"required": "请写明原因，如 账户已销户。"}
    )


class AccountCheckForm(Form):
    how = forms.CharField(
        label="怎么与本人核对的", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="如 打登记的电话核对、本人持卡和身份证当面核对。", error_messages={"required": "请写明怎么核对的。"},
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ResultForm(forms.Form):
    """What the bank says of one payment; nothing chosen leaves it pending."""

    result = forms.ChoiceField(
        label="结果", required=False, choices=[("", "未回"), ("paid", "已付"), ("failed", "失败")]
    )
    failure = forms.CharField(label="失败原因", required=False, max_length=200)


class ReturnForm(Form):
    file = forms.FileField(
        label="银行回单文件", widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        help_text="须有账号、金额、状态（成功或失败）三列；先核对，再一次登记。",
        error_messages={"required": "请选择银行回单文件。", "empty": "文件是空的。"},
    )  # fmt: skip


class PaidForm(Form):
    """What is the same for all that is recorded at one stroke."""

    paid_on = forms.DateField(label="到账日期", widget=forms.DateInput(), initial=timezone.localdate)
    voucher = forms.CharField(label="凭证号", required=False, max_length=50, help_text="有已付的必填。")
    early_reason = forms.CharField(
        label="提前付款的理由", required=False, max_length=200,
        help_text="到账日期早于最后工作日、生成批次时没有写理由的才填（劳动合同法第五十条第二款）。",
    )  # fmt: skip


class FileResultsForm(PaidForm):
    """The bank's file, confirmed as a whole."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ResultsForm(PaidForm):
    """One date and voucher, and a result for each payment of the page: a batch of thousands is no one form."""

    def __init__(self, payments: Iterable[Payment], data: Any = None):
        super().__init__(data)
        self.rows = [(payment, ResultForm(data, prefix=f"p{payment.pk}")) for payment in payments]

    @staticmethod
    def answered(data: Any) -> list[int]:
        """The payments that a posted page asked about, decided meanwhile or not: the action compares and says so."""
        return [int(found[1]) for name in data if (found := re.fullmatch(r"p(\d{1,18})-result", name))]

    def is_valid(self) -> bool:
        is_valid = super().is_valid()
        for payment, row in self.rows:
            if not row.is_valid():
                is_valid = False
            elif row.cleaned_data["result"] == "failed" and not row.cleaned_data["failure"]:
                self.add_error(None, f"{payment.worker.name}付款失败，请写明原因。")
                is_valid = False
        return is_valid

    @property
    def results(self) -> dict[int, Result]:
        said = {payment.pk: row.cleaned_data for payment, row in self.rows if row.cleaned_data["result"]}
        day, voucher = self.cleaned_data["paid_on"], self.cleaned_data["voucher"]
        return {pk: Result(each["result"] == "paid", day, voucher, each["failure"]) for pk, each in said.items()}
