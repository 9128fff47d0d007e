"""Forms of this room: shape and fields. Whether an act may be done is the action's affair."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from common.forms import Form, ModelForm, OnceMixin, ReasonForm, YuanField
from programme.models import Campus, Service
from staff_transition import permissions
from staff_transition.actions.workers import AFTER_LOCK
from staff_transition.facts import WITH_LEAVE
from staff_transition.grounds import CHOSEN_BY_HAND, label_of
from staff_transition.matching import SET_ASIDE
from staff_transition.models import (
    ITEMS,
    Adjustment,
    ContractTerm,
    Disposition,
    DispositionKind,
    InsurancePeriod,
    LeaveYear,
    Offer,
    ProtectedCondition,
    RosterImport,
    ServicePeriod,
    WageMonth,
    Worker,
)
from staff_transition.roster.digits import read_account
from staff_transition.roster.fields import LABELS
from staff_transition.roster.identity import read_identity
from staff_transition.rules.leave import is_too_short
from staff_transition.rules.plausible import oddities
from staff_transition.rules.policy import Switch

BLANK_CHOICES = [("", "不知道"), ("true", "是"), ("false", "否")]
NOT_OF_THE_WORKER = frozenset({"reason", "is_sure", "revision"})
HIDDEN_NUMBERS = ("id_number", "phone", "bank_account")


class UploadForm(Form):
    file = forms.FileField(
        label="花名册文件",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        help_text="Excel（.xlsx、.xls）或 .csv，最大 20 MB。一个文件里可以有几张表；原文件加密保存，可随时原样取回。",
        error_messages={"required": "请选择花名册文件。", "empty": "文件是空的，请打开原文件确认内容后再传。"},
    )


class FactsFileForm(Form):
    """The file of an intake (intakes.py); `help` says what it must hold."""

    file = forms.FileField(
        label="文件",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        error_messages={"required": "请选择文件。", "empty": "文件是空的，请打开原文件确认内容后再传。"},
    )

    def __init__(self, help: str, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = help


class ColumnsForm(forms.Form):
    """One choice a column of one header: which field it fills."""

    def __init__(self, sheet: dict[str, Any], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for column in sheet["columns"]:
            self.fields[f"column-{column['index']}"] = forms.ChoiceField(
                choices=list(LABELS.items()), required=False, initial=column["field"]
            )

    @property
    def choice(self) -> dict[int, str]:
        return {int(name.partition("-")[2]): field for name, field in self.cleaned_data.items()}


class NamesForm(Form):
    """What the unknown teams and campuses of an import stand for; those set aside may be thought over."""

    def __init__(self, roster_import: RosterImport, user: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.texts: dict[str, tuple[str, str]] = {}
        services = [(service.pk, str(service)) for service in Service.objects.visible_to(user)]
        campuses = [(campus.pk, str(campus)) for campus in Campus.objects.all()]
        result = roster_import.result
        aside = result.get("aside", {})
        for kind, label, asked, choices in (
            ("team", "班组", result["unknown_teams"], services), ("campus", "校区", result["unknown_campuses"], campuses)
        ):  # fmt: skip
            for number, (text, count) in enumerate((asked | aside.get(kind, {})).items()):
                name = f"{kind}-{number}"
                self.texts[name] = (kind, text)
                self.fields[name] = forms.TypedChoiceField(
                    label=f"{label}“{text or '（空）'}”（{count} 人）", coerce=int, initial=None if text in asked else SET_ASIDE,
                    choices=[("", "请选择"), *choices, (SET_ASIDE, "不导入这些人")], widget=forms.Select(attrs={"class": "form-select"}),
                    error_messages={"required": "请选一个；不归这里管的，选“不导入这些人”。"},
                )  # fmt: skip

    @property
    def answers(self) -> dict[str, dict[str, int]]:
        answers: dict[str, dict[str, int]] = {"team": {}, "campus": {}}
        for name, key in self.cleaned_data.items():
            kind, text = self.texts[name]
            answers[kind][text] = key
        return answers


class NullYesNo(forms.TypedChoiceField):
    """Yes, no or not known: null is never "no"."""

    def __init__(self, **kwargs: Any):
        super().__init__(
            choices=BLANK_CHOICES, coerce={"true": True, "false": False}.get, empty_value=None, required=False, **kwargs
        )

    def clean(self, value: Any) -> Any:
        return value if isinstance(value, bool) else super().clean(value)  # a disabled field hands back what is stored

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false", None: ""}.get(value, value)


class WorkerForm(ModelForm):
    """All facts of one worker. Numbers are not shown: an empty number field leaves what is stored."""

    is_insured = NullYesNo(label="参加社保")
    pension_drawn = NullYesNo(label="已领养老金")
    paid_by_hour = NullYesNo(label="按小时计酬")
    is_rural = NullYesNo(label="农业户籍")
    is_work_disability = NullYesNo(
        label="在本校因工致残",
        help_text="评了级的须填：在本校因工负伤、患职业病的选是，因病、非因工或者在别处受伤的选否。",
    )
    id_number = forms.CharField(label="身份证号", required=False, max_length=30)
    phone = forms.CharField(label="联系电话", required=False, max_length=50)
    bank_account = forms.CharField(label="银行卡号", required=False, max_length=40)
    reason = forms.CharField(
        label="修改理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明为什么改、依据什么，会记入经过。"},
    )  # fmt: skip
    is_sure = forms.BooleanField(
        label="已对照原件核对，确实如此", required=False
    )  # shown where something is hardly true
    revision = forms.IntegerField(widget=forms.HiddenInput)

    BASIC = ("name", "sex", "birth_date", "id_number", "phone", "service", "campus", "team", "post")
    CONTRACT = ("category", "hired_on", "contract_from", "contract_to", "is_open_ended", "fixed_terms_count")
    PAY = (
        "monthly_wage",
        "average_wage",
        "last_month_wage",
        "wage_without_overtime",
        "own_contributions",
        "is_insured",
        "bank_account",
        "bank_name",
    )
    FACTS = (
        "female_category", "pension_drawn", "cumulative_service_years", "leave_taken_days", "leave_taken_year", "hours_per_day",
        "days_per_week", "paid_by_hour", "pay_cycle_days", "is_rural", "postponed_until", "early_on", "early_told_on",
        "contribution_months", "is_hazard_post", "exit_check_on", "exit_check_result",
        "disability_grade", "is_work_disability", "union_office_until", "notice_date", "left_on", "remark",
    )  # fmt: skip

    class Meta:
        model = Worker
        fields = (
            "name", "sex", "birth_date", "service", "campus", "team", "post", "category", "hired_on", "contract_from",
            "contract_to", "is_open_ended", "fixed_terms_count", "monthly_wage", "average_wage", "last_month_wage",
            "wage_without_overtime", "own_contributions", "is_insured", "bank_name", "female_category", "pension_drawn",
            "cumulative_service_years", "leave_taken_days", "leave_taken_year", "hours_per_day", "days_per_week", "paid_by_hour",
            "pay_cycle_days", "is_rural", "postponed_until", "early_on", "early_told_on", "contribution_months", "is_hazard_post",
            "exit_check_on", "exit_check_result",
            "disability_grade", "is_work_disability", "union_office_until", "notice_date", "left_on", "remark",
        )  # fmt: skip
        help_texts = {
            "fixed_terms_count": "逐份登记了劳动合同的，两个数取多的。",
            "own_contributions": "按规定比例从一次性补偿里实际缴的，计税时先扣；没有缴的写 0。",
            "cumulative_service_years": "从第一份全日制工作算到最后工作日，写到一位小数，如 10.9；不少于在本校的年数。",
            "leave_taken_year": "不填就是今年；“年休假”里登记了那一年的，以登记的为准。",
            "disability_grade": "1 至 10 级；鉴定后不够等级的写 0，没有鉴定的留空。",
            "early_on": "本人自愿、提前三个月书面告知单位的，写本人选的日期；不得早于原来的 50、55、60 岁。",
            "contribution_months": "在各处缴的合计；不满最低年限的不能提前退休。",
            "postponed_until": "与单位书面约定弹性延迟退休的，写约定的最后一天。",
        }
        widgets = {
            name: forms.DateInput()
            for name in (
                "birth_date", "hired_on", "contract_from", "contract_to", "exit_check_on", "union_office_until",
                "notice_date", "left_on", "postponed_until", "early_on", "early_told_on",
            )
        } | {"remark": forms.TextInput()}  # fmt: skip

    def __init__(self, *args: Any, user: Any, is_locked: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.visible_to(user)  # type: ignore[attr-defined]
        if is_locked:
            for name in set(self.fields) - AFTER_LOCK - NOT_OF_THE_WORKER:
                self.fields[name].disabled = True
        for name in HIDDEN_NUMBERS:
            self.fields[name].help_text = "不改请留空。"
        self.is_asked = False  # whether what is hardly true is true

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        parts = (
            ("基本情况", self.BASIC),
            ("合同", self.CONTRACT),
            ("工资和社保", self.PAY),
            ("计算时用到的事实", self.FACTS),
        )
        return [(title, [self[name] for name in names]) for title, names in parts]

    def clean_id_number(self) -> str:
        text = self.cleaned_data["id_number"]
        identity, notes = read_identity(text, timezone.localdate())
        if text and identity is None:
            raise forms.ValidationError(next(note.text for note in notes if note.is_error))
        return identity.number if identity else ""

    def clean_bank_account(self) -> str:
        account, note = read_account(self.cleaned_data["bank_account"])
        if note and note.is_error:
            raise forms.ValidationError(note.text)
        return account

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("hired_on") and data["hired_on"] > timezone.localdate():
            self.add_error("hired_on", "入职日期晚于今天。请改为实际入职日期。")
        if {"cumulative_service_years", "hired_on"} & set(self.changed_data):
            self._check_working_life(data)
        self._ask_if_sure(data)
        if data.get("leave_taken_days") is None:
            data["leave_taken_year"] = None
        elif not data.get("leave_taken_year"):
            data["leave_taken_year"] = timezone.localdate().year
        return data

    def _ask_if_sure(self, data: dict[str, Any]) -> None:
        """What is hardly true is saved only by somebody who says that it was looked at."""
        told = ("birth_date", "hired_on", "monthly_wage", "average_wage")
        if not set(told) & set(self.changed_data):
            return
        for odd in oddities(*(data.get(name) for name in told)):
            self.is_asked = True
            if not data.get("is_sure"):
                self.add_error(odd.field, f"{odd.text}确实如此的，在修改理由上面勾选后再保存。")

    def _check_working_life(self, data: dict[str, Any]) -> None:
        years, hired_on = data.get("cumulative_service_years"), data.get("hired_on")
        if years is None or hired_on is None or data.get("category") not in WITH_LEAVE:
            return
        if is_too_short(years, hired_on, timezone.localdate()):
            self.add_error("cumulative_service_years", f"{hired_on} 入职，累计工龄不会少于在本校的年数。请改其中一个。")

    @property
    def changes(self) -> dict[str, Any]:
        """Field → value for the action: everything but what is not part of the worker and numbers left empty."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in NOT_OF_THE_WORKER}
        return {name: value for name, value in data.items() if value or name not in HIDDEN_NUMBERS}


class FactForm(OnceMixin, ModelForm):
    """A row of one worker: the worker is not typed but is part of what must be unique."""

    reason = ReasonForm.base_fields["reason"]
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"worker"}  # type: ignore[misc]


class RemovalForm(ReasonForm):
    """Why a fact is taken back, and which version of it the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class ProtectedConditionForm(FactForm):
    class Meta:
        model = ProtectedCondition
        fields = ("kind", "since", "until", "evidence")
        widgets = {"since": forms.DateInput(), "until": forms.DateInput(), "evidence": forms.TextInput()}
        help_texts = {"until": "还没结束的留空。", "evidence": "如 孕检单、工伤认定书编号。"}


class ServicePeriodForm(FactForm):
    is_licensed = NullYesNo(label="用人单位依法登记")
    paid_amount = YuanField(label="补偿金额（元）", required=False)

    class Meta:
        model = ServicePeriod
        fields = (
            "employer", "first_day", "last_day", "post", "manager", "payer", "is_licensed", "cause", "is_own_motion", "is_paid",
            "paid_amount", "paid_on", "evidence",
        )  # fmt: skip
        widgets = {"first_day": forms.DateInput(), "last_day": forms.DateInput(), "paid_on": forms.DateInput()}
        help_texts = {
            "employer": "合同、工资单上的单位。", "last_day": "现在这一段留空。",
            "manager": "谁考勤、谁派活；与用人单位不同的写。", "is_paid": "真付过的才勾，并写金额和日期；“两清”的字据不算。",
            "evidence": "如 合同、工资流水、社保记录、工作证、老照片。",
        }  # fmt: skip


class MonthField(forms.DateField):
    """A month: 2026-01; its first day."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("input_formats", ["%Y-%m", "%Y-%m-%d"])
        kwargs.setdefault("widget", forms.TextInput(attrs={"placeholder": "2026-01", "inputmode": "numeric"}))
        kwargs.setdefault("error_messages", {"invalid": "请写成 2026-01。"})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        day = super().to_python(value)
        return day.replace(day=1) if day else day

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class WageMonthForm(FactForm):
    month = MonthField(label="月份")
    basic = YuanField(label="基本工资", help_text="没有分项的，把应发工资填在这里。")
    overtime = YuanField(label="加班费", initial=0)
    bonus = YuanField(label="奖金", initial=0, help_text="年终奖按一个月一个月摊入当月。")
    allowance = YuanField(label="津贴补贴", initial=0)
    hardship = YuanField(
        label="夜班、高温等津贴", initial=0, help_text="中班、夜班、高温、低温、井下、有毒有害的津贴；不算进最低工资。"
    )
    own_insurance = YuanField(
        label="个人社保", required=False, help_text="从工资里代扣的；没有扣的写 0，不知道的留空。"
    )
    own_fund = YuanField(label="个人公积金", required=False)
    income_tax = YuanField(label="个税", required=False)
    other_deduction = YuanField(label="其他扣款", required=False)
    net = YuanField(label="实发", required=False, help_text="应发减去各项扣款。")

    class Meta:
        model = WageMonth
        fields = (
            "month", "days", "hours", "basic", "overtime", "bonus", "allowance", "hardship", "own_insurance", "own_fund", "income_tax",
            "other_deduction", "net", "paid_on", "receipt", "is_abnormal", "evidence",
        )  # fmt: skip
        widgets = {"paid_on": forms.DateInput()}
        help_texts = {
            "days": "和工时填一项就可以。", "receipt": "银行代发批次号、流水号，或者“本人签字”。", "evidence": "如 工资表、考勤表。",
        }  # fmt: skip


class InsurancePeriodForm(FactForm):
    first_month = MonthField(label="起始月")
    last_month = MonthField(label="截止月", required=False, help_text="还在缴的留空。")
    base = YuanField(label="缴费基数或每月补贴", required=False)

    class Meta:
        model = InsurancePeriod
        fields = ("kind", "first_month", "last_month", "base", "payer", "evidence")
        help_texts = {"evidence": "如 社保参保证明。"}


class LeaveYearForm(FactForm):
    year = forms.IntegerField(label="年度", min_value=1995, max_value=2100)

    class Meta:
        model = LeaveYear
        fields = ("year", "taken_days", "exclusion", "evidence")
        help_texts = {
            "taken_days": "带薪放的寒暑假少于年休假的，放的天数也算已休。",
            "exclusion": "病假：累计工龄不满 10 年的 2 个月，不满 20 年的 3 个月，满 20 年的 4 个月。前三项当年已休过的，登记在下一年。",
            "evidence": "如 请假条、考勤表、本人不休的字据。",
        }  # fmt: skip


class ContractTermForm(FactForm):
    class Meta:
        model = ContractTerm
        fields = ("kind", "first_day", "last_day", "signed_on", "signatory", "evidence")
        widgets = {name: forms.DateInput() for name in ("first_day", "last_day", "signed_on")}
        help_texts = {
            "kind": "因三期、医疗期、工伤、工会任职依法续延的不是新合同，不用登记。",
            "last_day": "无固定期限的留空。", "signed_on": "本人签字的日期；没有签的留空，不要倒签。",
            "signatory": "换过签约单位的写清单位。", "evidence": "如 合同编号。",
        }  # fmt: skip


class OfferForm(FactForm):
    monthly_pay = YuanField(label="月工资（元）", required=False)

    class Meta:
        model = Offer
        fields = (
            "kind",
            "offered_on",
            "answer_by",
            "post",
            "monthly_pay",
            "terms",
            "answer",
            "answered_on",
            "evidence",
        )
        widgets = {name: forms.DateInput() for name in ("offered_on", "answer_by", "answered_on")}
        help_texts = {
            "answer_by": "至少留三天。", "post": "另外的岗位要写具体。", "terms": "金额、起止、其他条件。",
            "evidence": "如 送达回证、签收单。",
        }  # fmt: skip


class AdjustmentForm(OnceMixin, ModelForm):
    amount = YuanField(label="金额（元）")

    class Meta:
        model = Adjustment
        fields = ("kind", "amount", "reason", "evidence")
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"reason": "写清怎么算出来的，会印在测算表上。", "evidence": "如 工资表、协议、审批单编号。"}


class DispositionForm(Form):
    """One disposition for one or many; each kind is explained by the ground it means."""

    kind = forms.ChoiceField(label="去向", choices=DispositionKind.choices, widget=forms.RadioSelect,
                             error_messages={"required": "请选择去向。"})  # fmt: skip
    last_day = forms.DateField(
        label="最后工作日",
        required=False,
        widget=forms.DateInput(),
        help_text="当天上班，计入工龄。还没定的可以留空；转岗的不结束用工，填了也不保存。",
    )
    ground = forms.ChoiceField(
        label="法定事由",
        required=False,
        help_text=(
            "一般由去向决定。无过失解除、到期终止、到龄退休可以另选同类的事由；其余的请把去向选为“其他解除或终止”，再选事由。"
            "另选的在说明里写明依据。"
        ),
    )
    forced_reason = forms.ChoiceField(
        label="第三十八、三十九条的哪一项", required=False,
        choices=[("", "不适用"), *((label_of(ground), items.choices) for ground, items in ITEMS.items())],
        help_text="事由是“其他过错，被迫解除”或“过失性解除”的才选；前者的决定 2008 年以前的年限算不算。",
    )  # fmt: skip
    note = forms.CharField(label="说明", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    revision = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        grounds = [(code, label_of(code)) for code in CHOSEN_BY_HAND]
        self.fields["ground"].choices = [("", "按去向"), *grounds]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, disposition: Disposition | None, revision: str) -> "DispositionForm":
        """Filled with what is set already; `revision`: of all the chosen."""
        if disposition is None:
            return cls(initial={"revision": revision})
        chosen = disposition.ground if disposition.is_ground_chosen else ""
        return cls(
            initial={
                "kind": disposition.kind,
                "last_day": disposition.last_day,
                "ground": chosen,
                "forced_reason": disposition.forced_reason,
                "note": disposition.note,
                "revision": revision,
            }
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == DispositionKind.OTHER_END and not data.get("ground"):
            self.add_error("ground", "请选法定事由。")
        if (items := ITEMS.get(data.get("ground", ""))) and data.get("forced_reason") not in items:
            self.add_error("forced_reason", f"请选“{label_of(data['ground'])}”的一项。")
        if data.get("ground") and not data.get("note"):
            self.add_error("note", "另选法定事由的，请写明依据。")
        return data


class RevealForm(Form):
    """Which number, and why it is needed."""

    field = forms.ChoiceField(label="号码")
    reason = forms.CharField(label="用途", max_length=200, error_messages={"required": "请写明用途，会留下记录。"})

    def __init__(self, user: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            (name, Worker._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            for name in permissions.REVEALED_TO if permissions.may_reveal(user, name)
        ]  # fmt: skip


class LockForm(ReasonForm):
    """Why the roster is locked; where something is in doubt, that a person has looked at it, kept with the reason."""

    is_checked = forms.BooleanField(
        label="已逐人核对", error_messages={"required": "请把上面列出的逐人核对后，再勾选。"}
    )

    def __init__(self, doubts: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.doubts = doubts
        if not doubts:
            del self.fields["is_checked"]

    @property
    def reason_kept(self) -> str:
        said: str = self.cleaned_data["reason"]
        return f"{said}（已逐人核对：{self.doubts}）" if self.doubts else said


class ExportForm(Form):
    """A list that leaves the system: masked, or in full for HR; logged either way."""

    is_full = forms.BooleanField(label="带完整的身份证号、电话、银行卡号（仅人事处）", required=False)
    reason = forms.CharField(label="用途", max_length=200, error_messages={"required": "请写明用途，会留下记录。"})


class FactsExportForm(ExportForm):
    """Whose facts: one service that the person may change."""

    service = forms.ModelChoiceField(
        Service.objects.none(), label="服务项目", empty_label="请选择", error_messages={"required": "请选择服务项目。"}
    )
    is_full = forms.BooleanField(label="带完整的身份证号（仅人事处）", required=False)

    field_order = ("service", "is_full", "reason")

    def __init__(self, user: Any, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.visible_to(user)  # type: ignore[attr-defined]
        if not permissions.may_reveal(user, "id_number"):
            del self.fields["is_full"]


class PolicyForm(ReasonForm):
    """One open point: the options in words, and why the college chose so."""

    option = forms.ChoiceField(label="本校选定", widget=forms.RadioSelect)

    field_order = ("option", "reason")

    def __init__(self, switch: Switch, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = list(switch.options.items())  # type: ignore[attr-defined]
