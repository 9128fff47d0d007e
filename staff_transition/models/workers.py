"""Contract workers (外聘员工) and the facts about them that the law asks for."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Role
from common.constraints import runs_forward
from common.fields import BlindIndexField, EncryptedTextField
from programme.models import Campus, Service
from staff_transition.rules.person import LOST_CAPACITY

READS_ALL = (Role.HR, Role.FINANCE, Role.REVIEWER, Role.LEADER)
READS_OWN_UNIT = (Role.OFFICER, Role.LOGISTICS_HEAD)
SEE_HEALTH = (Role.HR, Role.REVIEWER)  # and an officer of the own unit's people; the others see that there is a state


class Category(models.TextChoices):
    """Kinds of employment (rules.entitlement): whether there is a labour relation with the college at all."""

    CONTRACT = "CONTRACT", "劳动合同制"
    NO_WRITTEN_CONTRACT = "NO_WRITTEN_CONTRACT", "未签合同"
    PART_TIME = "PART_TIME", "非全日制"
    DISPATCH = "DISPATCH", "劳务派遣"
    REHIRED_PENSIONER = "REHIRED_PENSIONER", "退休返聘"
    OVER_AGE_NO_PENSION = "OVER_AGE_NO_PENSION", "超龄未领养老金"
    STUDENT = "STUDENT", "学生勤工助学"
    PUBLIC_POST = "PUBLIC_POST", "公益性岗位"
    ESTABLISHED = "ESTABLISHED", "事业编制"


class Sex(models.TextChoices):
    MALE = "M", "男"
    FEMALE = "F", "女"


class FemaleCategory(models.TextChoices):
    """Which original retirement age a woman's post has; HR confirms, nothing guesses."""

    AGE_50 = "female50", "原 50 岁退休（工人岗）"
    AGE_55 = "female55", "原 55 岁退休（管理、技术岗）"


class ExitCheck(models.TextChoices):
    CLEAR = "CLEAR", "未见异常"
    SUSPECTED = "SUSPECTED", "疑似职业病"
    DISEASE = "DISEASE", "职业病"


class WorkerQuerySet(models.QuerySet["Worker"]):
    def visible_to(self, user: Any) -> "WorkerQuerySet":
        """HR, finance, reviewers and leaders see all; logistics people their own unit's services; the others nobody."""
        if user.has_role(*READS_ALL):
            return self
        if user.has_role(*READS_OWN_UNIT) and user.unit_id:
            return self.filter(service__in=Service.objects.filter(unit=user.unit_id).values("pk"))
        return self.none()

    def with_health_for(self, user: Any) -> "WorkerQuerySet":
        """People whose health the person may read about: an officer only of the own unit, whatever else he is."""
        if user.has_role(*SEE_HEALTH):
            return self
        if user.has_role(Role.OFFICER) and user.unit_id:
            return self.filter(service__in=Service.objects.filter(unit=user.unit_id).values("pk"))
        return self.none()

    def live(self) -> "WorkerQuerySet":
        """People still here."""
        return self.filter(left_on=None)

    def protected_on(self, day: date) -> "WorkerQuerySet":
        """People whom LCL_42 shields from articles 40 and 41 on `day`, as registered. A block, not an amount."""
        of_work = ProtectedCondition.objects.filter(kind__in=LOST_CAPACITY).values("worker")
        is_injured = Q(is_work_disability=True) | Q(is_work_disability=None, pk__in=of_work)
        return self.filter(
            Q(pk__in=ProtectedCondition.objects.holding_on(day).values("worker"))
            | Q(is_injured, disability_grade__gte=1)
        )


class Worker(models.Model):
    """One contract worker of one service, as the roster and HR know them.

    Numbers that identify a person are sealed at rest and found by blind indexes. A worker who leaves keeps the row with
    `left_on`; the same identity number may then be hired again as a new row.
    """

    service = models.ForeignKey(Service, models.PROTECT, verbose_name="服务项目", related_name="workers")
    campus = models.ForeignKey(Campus, models.PROTECT, verbose_name="校区", related_name="workers")
    team = models.CharField("班组", max_length=50, blank=True)  # as in the office's own file
    name = models.CharField("姓名", max_length=50)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices, blank=True)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    id_number = EncryptedTextField("身份证号")
    id_index = BlindIndexField(source="id_number")
    id_tail_index = BlindIndexField(source="id_tail")  # last four signs, for search
    post = models.CharField("岗位", max_length=50, blank=True)
    category = models.CharField(
        "用工形式", max_length=20, choices=Category.choices, blank=True
    )  # "" not classified yet
    hired_on = models.DateField("入职日期")  # 用工之日: first day of use, not of the contract (LCL_7)
    contract_from = models.DateField("合同起始日期", null=True, blank=True)
    contract_to = models.DateField("合同终止日期", null=True, blank=True)
    is_open_ended = models.BooleanField("无固定期限", default=False)
    monthly_wage = models.DecimalField("月工资（应发）", max_digits=10, decimal_places=2, null=True, blank=True)  # yuan
    average_wage = models.DecimalField(
        "12 个月平均工资（应发）", max_digits=10, decimal_places=2, null=True, blank=True
    )  # yuan a month, wages due of the last 12 months
    own_contributions = models.DecimalField(
        "从补偿中缴的个人社保公积金", max_digits=10, decimal_places=2, null=True, blank=True
    )  # yuan, paid out of the lump sum (TAX_157_2)
    is_insured = models.BooleanField("参加社保", null=True, blank=True)
    phone = EncryptedTextField("联系电话", blank=True, default="")
    bank_account = EncryptedTextField("银行卡号", blank=True, default="")
    bank_name = models.CharField("开户行", max_length=50, blank=True)
    remark = EncryptedTextField("备注", max_length=500, blank=True)  # speaks of health
    left_on = models.DateField("离开日期", null=True, blank=True)

    # facts that only some grounds ask for; null is "not known", never "no"
    female_category = models.CharField("女职工退休类别", max_length=8, choices=FemaleCategory.choices, blank=True)
    notice_date = models.DateField("书面通知日期", null=True, blank=True)
    last_month_wage = models.DecimalField("上月工资", max_digits=10, decimal_places=2, null=True, blank=True)
    pension_drawn = models.BooleanField("已领养老金", null=True, blank=True)
    cumulative_service_years = models.DecimalField(
        "累计工龄（年）", max_digits=4, decimal_places=1, null=True, blank=True
    )
    leave_taken_days = models.DecimalField("已休年假（天）", max_digits=4, decimal_places=1, null=True, blank=True)
    leave_taken_year = models.PositiveSmallIntegerField(
        "已休年假的年度", null=True, blank=True
    )  # a LeaveYear goes before it
    wage_without_overtime = models.DecimalField(
        "月工资（不含加班）", max_digits=10, decimal_places=2, null=True, blank=True
    )
    hours_per_day = models.DecimalField("每天小时数", max_digits=3, decimal_places=1, null=True, blank=True)
    days_per_week = models.DecimalField("每周天数", max_digits=2, decimal_places=1, null=True, blank=True)
    paid_by_hour = models.BooleanField("按小时计酬", null=True, blank=True)
    pay_cycle_days = models.PositiveSmallIntegerField("几天发一次工资", null=True, blank=True)
    is_hazard_post = models.BooleanField("职业病危害岗位", default=False)
    exit_check_on = models.DateField("离岗体检日期", null=True, blank=True)
    exit_check_result = models.CharField("离岗体检结果", max_length=9, choices=ExitCheck.choices, blank=True)
    disability_grade = models.PositiveSmallIntegerField("劳动能力鉴定等级", null=True, blank=True)  # 1–10; 0: no grade
    is_work_disability = models.BooleanField("在本校因工致残", null=True, blank=True)  # or of an occupational disease
    postponed_until = models.DateField("弹性延迟退休至", null=True, blank=True)
    early_on = models.DateField("弹性提前退休日期", null=True, blank=True)  # chosen by the worker (RETIRE_3)
    early_told_on = models.DateField("书面告知提前退休的日期", null=True, blank=True)
    contribution_months = models.PositiveSmallIntegerField("养老保险累计缴费（月）", null=True, blank=True)  # anywhere
    is_rural = models.BooleanField("农业户籍", null=True, blank=True)
    union_office_until = models.DateField("工会任职到期", null=True, blank=True)
    fixed_terms_count = models.PositiveSmallIntegerField("已签固定期限合同次数", null=True, blank=True)

    pinyin = models.CharField("拼音首字母", max_length=50, blank=True, editable=False, db_index=True)
    sort_key = models.CharField("拼音", max_length=400, blank=True, editable=False)  # order of lists
    revision = models.PositiveIntegerField("修订号", default=1, editable=False)  # the later of two saves is told

    is_reopened = models.BooleanField(
        "单独解锁", default=False, editable=False
    )  # in a locked roster: his data may change

    history = HistoricalRecords(excluded_fields=["id_index", "id_tail_index", "pinyin", "sort_key", "revision"])
    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "外聘员工"
        ordering = ("sort_key", "pk")
        indexes = [
            models.Index(fields=["service", "category"], name="worker_service_category"),
            models.Index(
                fields=["left_on", "sort_key", "service"], name="worker_live_in_order"
            ),  # the list, page by page
            models.Index(fields=["left_on", "service"], name="worker_live_by_service"),  # counting without reading rows
            models.Index(fields=["id_tail_index"], name="worker_id_tail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["id_index"],
                condition=Q(left_on=None) & ~Q(id_index=""),
                name="worker_one_live_per_id",
                violation_error_message="花名册里已有这个身份证号的在册人员。",
            ),
            models.CheckConstraint(
                condition=Q(birth_date=None) | Q(hired_on__gt=F("birth_date")),
                name="worker_hired_after_birth",
                violation_error_message="入职日期早于出生日期。",
            ),
            models.CheckConstraint(
                condition=Q(contract_from=None) | Q(contract_to=None) | Q(contract_to__gte=F("contract_from")),
                name="worker_contract_runs_forward",
                violation_error_message="合同终止日期早于起始日期。",
            ),
            models.CheckConstraint(
                condition=Q(is_open_ended=False) | Q(contract_to=None),
                name="worker_open_end_has_no_last_day",
                violation_error_message="无固定期限合同没有终止日期。",
            ),
            runs_forward("hired_on", "left_on", name="worker_leaves_after_hire", message="离开日期早于入职日期。"),
            models.CheckConstraint(
                condition=Q(disability_grade=None) | Q(disability_grade__lte=10),
                name="worker_disability_grade",
                violation_error_message="劳动能力鉴定等级是 1 至 10；鉴定后不够等级的写 0。",
            ),
            models.CheckConstraint(
                condition=Q(leave_taken_days=None, leave_taken_year=None) | (~Q(leave_taken_days=None) & ~Q(leave_taken_year=None)),
                name="worker_leave_has_its_year",
                violation_error_message="已休年假的天数和年度要一起填。",
            ),
            models.CheckConstraint(
                condition=Q(own_contributions=None) | Q(own_contributions__gte=0),
                name="worker_contributions_not_negative",
                violation_error_message="个人缴费不能为负。",
            ),
            models.CheckConstraint(
                condition=(Q(monthly_wage=None) | Q(monthly_wage__gte=0)) & (Q(average_wage=None) | Q(average_wage__gte=0)),
                name="worker_wage_not_negative",
                violation_error_message="工资不能为负。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("staff:worker", args=[self.pk])

    @property
    def id_tail(self) -> str:
        return self.id_number[-4:]


class ProtectedConditionQuerySet(models.QuerySet["ProtectedCondition"]):
    def holding_on(self, day: date) -> "ProtectedConditionQuerySet":
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class ProtectedCondition(models.Model):
    """A state in which LCL_42 bars articles 40 and 41, from a day to a day (both included; open: still)."""

    class Kind(models.TextChoices):
        PREGNANCY = "PREGNANCY", "孕期"
        MATERNITY = "MATERNITY", "产期"
        NURSING = "NURSING", "哺乳期"
        MEDICAL_PERIOD = "MEDICAL_PERIOD", "医疗期"
        WORK_INJURY = "WORK_INJURY", "工伤"
        OCCUPATIONAL = "OCCUPATIONAL", "职业病"

    worker = models.ForeignKey(Worker, models.CASCADE, verbose_name="员工", related_name="protected_conditions")
    kind = models.CharField("情形", max_length=16, choices=Kind.choices)
    since = models.DateField("起始日")
    until = models.DateField("截止日", null=True, blank=True)
    evidence = EncryptedTextField("证明材料", max_length=200, blank=True)

    history = HistoricalRecords()
    objects = ProtectedConditionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "受保护情形"
        ordering = ("-since",)
        constraints = [
            runs_forward("since", "until", name="protected_condition_runs_forward", message="截止日早于起始日。")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.since}–{self.until or ''}"


class ServicePeriod(models.Model):
    """One stretch of service that counts here: an earlier employer at the same place, or a segment (Reg 10, I1 46).

    None at all means one stretch from Worker.hired_on. The paper's employer is not always the real one: who gave orders and
    who paid is held beside it, and whether it was one at all (LCL_94, I1_46).
    """

    class Cause(models.TextChoices):
        SAME_POST = "SAME_POST", "原岗位不变，换了签约单位"
        ASSIGNED = "ASSIGNED", "由单位委派、任命调动"
        MERGED = "MERGED", "单位合并、分立"
        ROTATED = "ROTATED", "关联单位轮流签约"
        OWN = "OWN", "本人辞职后再来"
        OTHER = "OTHER", "其他"

    worker = models.ForeignKey(Worker, models.CASCADE, verbose_name="员工", related_name="service_periods")
    employer = models.CharField("用人单位", max_length=50)
    first_day = models.DateField("第一天")
    last_day = models.DateField("最后一天", null=True, blank=True)  # included; null: the present one
    is_paid = models.BooleanField("已付过经济补偿", default=False)
    paid_amount = models.DecimalField("补偿金额", max_digits=10, decimal_places=2, null=True, blank=True)  # yuan
    paid_on = models.DateField("支付日期", null=True, blank=True)
    is_own_motion = models.BooleanField("本人原因离开", default=False)
    post = models.CharField("岗位和地点", max_length=50, blank=True)
    manager = models.CharField("实际管理单位", max_length=50, blank=True)  # kept attendance, gave orders
    payer = models.CharField("发工资单位", max_length=50, blank=True)
    is_licensed = models.BooleanField("用人单位依法登记", null=True, blank=True)  # False: a person (LCL_94)
    cause = models.CharField("变动原因", max_length=9, choices=Cause.choices, blank=True)
    evidence = models.CharField("证明材料", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "工作经历"
        ordering = ("first_day",)
        constraints = [
            runs_forward("first_day", "last_day", name="service_period_runs_forward", message="最后一天早于第一天。")
        ]

    def __str__(self) -> str:
        return f"{self.employer} {self.first_day}–{self.last_day or ''}"

    def clean(self) -> None:
        if self.is_paid and not (self.paid_amount and self.paid_on):
            said = "付过补偿的，请写金额和支付日期；没有凭据的不要勾，年限合并计算。"
            raise ValidationError({"paid_amount": said})
