"""Import of 10,000 rows, severance of 10,000 people, the list pages at 10,000 workers and 500 plans.

In a database of its own. Ratios: the import against django-import-export on the same file, the list against the Django
admin's change list of the same table.
"""

import io
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

ROWS = 10_000
PLANS = 500
TRIES = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATA_DIR=folder, HTTPS="0", DEMO="0", DJANGO_SETTINGS_MODULE="config.settings")
        import django

        django.setup()
        logging.disable(logging.INFO)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        run()


def line(label: str, seconds: float, more: str = "") -> None:
    print(f"{label:<46}{seconds:>9.3f} s   {more}")


@contextmanager
def timed() -> Any:
    result: dict[str, float] = {}
    begin = time.perf_counter()
    yield result
    result["seconds"] = time.perf_counter() - begin


def median(work: Callable[[], Any], tries: int = TRIES) -> float:
    spent = []
    for _ in range(tries):
        with timed() as took:
            work()
        spent.append(took["seconds"])
    return statistics.median(spent)


def medians(ours: Callable[[], Any], theirs: Callable[[], Any], tries: int = 3 * TRIES) -> tuple[float, float]:
    """Both taken in turn, so that a busy moment of the machine falls on both."""
    taken: list[tuple[float, float]] = [(median(ours, 1), median(theirs, 1)) for _ in range(tries + 1)]
    return statistics.median(a for a, _ in taken[1:]), statistics.median(b for _, b in taken[1:])


def run() -> None:
    from accounts.models import User
    from demo import college
    from staff_transition.actions.rosters import unlock_roster

    college.build()
    services, campuses, officer = _places()
    people = _people(services, campuses)
    content = _workbook(people)
    unlock_roster(services[0], by=User.objects.get(username="hejy"), reason="bench")
    print(
        f"{ROWS:,} rows, file of {len(content) / 2**20:.1f} MB; Python {sys.version.split()[0]}, {os.cpu_count()} cores\n"
    )
    ours, theirs = _import_ours(content, officer), _import_theirs(content)
    line("import, checked, written with history", ours)
    line("django-import-export, same file, no checks", theirs, f"ratio {theirs / ours:.2f} (above 1: we are faster)")
    _severance()
    _lists(services, officer)


def _places() -> Any:
    from accounts.models import User
    from programme.models import Campus, Service

    return (
        list(Service.objects.select_related("category")),
        list(Campus.objects.all()),
        User.objects.get(username="zhouyt"),
    )


def _people(services: Any, campuses: Any) -> list[Any]:
    from demo.people import invented

    return list(invented(ROWS, services, campuses))


HEADS = (
    "姓名",
    "性别",
    "身份证号",
    "校区",
    "班组",
    "岗位",
    "用工形式",
    "入职时间",
    "月工资（元）",
    "近12个月平均工资",
    "是否参加社保",
    "联系电话",
    "银行卡号",
)


def _workbook(people: list[Any]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("外聘员工")
    sheet.append(HEADS)
    for worker in people:
        sheet.append(
            (
                worker.name,
                worker.get_sex_display(),
                worker.id_number,
                worker.campus.name,
                worker.team,
                worker.post,
                worker.get_category_display(),
                worker.hired_on,
                float(worker.monthly_wage),
                float(worker.average_wage),
                "是" if worker.is_insured else "否",
                worker.phone,
                worker.bank_account,
            )
        )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _import_ours(content: bytes, officer: Any) -> float:
    from staff_transition.actions.imports import confirm_import, keep_roster
    from staff_transition.importing import read_import, write_import

    with timed() as took:
        made = keep_roster("bench.xlsx", content, "xlsx", by=officer, begin=False)
        read_import(made, by=officer, report=lambda step, doing: None)
        made.refresh_from_db()
        write_import(confirm_import(made, by=officer, good_rows_only=True, begin=False), by=officer)
    return took["seconds"]


def _import_theirs(content: bytes) -> float:
    """The usual resource: columns mapped to fields, rows saved through the model with its history."""
    from import_export import fields, resources, widgets

    from programme.models import Campus, Service
    from staff_transition.models import Worker

    class Resource(resources.ModelResource):
        name = fields.Field("name", "姓名")
        id_number = fields.Field("id_number", "身份证号")
        campus = fields.Field("campus", "校区", widgets.ForeignKeyWidget(Campus, "name"))
        service = fields.Field("service", "班组", widgets.ForeignKeyWidget(Service, "category__name"))
        post = fields.Field("post", "岗位")
        hired_on = fields.Field("hired_on", "入职时间", widgets.DateWidget("%Y-%m-%d"))
        monthly_wage = fields.Field("monthly_wage", "月工资（元）", widgets.DecimalWidget())

        class Meta:
            model = Worker
            import_id_fields = ("name",)
            force_init_instance = True
            fields = ("name", "id_number", "campus", "service", "post", "hired_on", "monthly_wage")

        def before_import_row(self, row: Any, **kwargs: Any) -> None:
            number = row["身份证号"]
            row["身份证号"] = number[:-1] + ("A" if number[-1] != "A" else "B")  # the same people are there already
            row["入职时间"] = str(row["入职时间"])[:10]

    from tablib import Dataset

    with timed() as took:
        data = Dataset().load(content, format="xlsx")
        result = Resource().import_data(data, raise_errors=True, use_transactions=True)
    if result.totals["new"] != ROWS:
        raise SystemExit(f"django-import-export wrote {result.totals}")
    return took["seconds"]


def _severance() -> None:
    from datetime import date
    from decimal import Decimal

    from law.working import ParameterUse
    from staff_transition.facts import Setting, people
    from staff_transition.models import Worker
    from staff_transition.rules.person import LeaveFacts, Local, PersonFacts
    from staff_transition.rules.policy import Policy
    from staff_transition.rules.settlement import settle

    minimum = ParameterUse("min_wage_monthly", "最低工资", Decimal(1970), "元/月", "", None, "")
    local = Local(min_wage=minimum, asks=False)
    leave = LeaveFacts(
        elapsed_days=365, cumulative_years=Decimal(12), taken_days=Decimal(5), monthly_wage=Decimal(2800)
    )
    for count in (1_000, ROWS, 10 * ROWS):
        facts = [
            PersonFacts(
                "NEGOTIATED_EMPLOYER",
                first_day=date(1998 + n % 25, 1 + n % 12, 1 + n % 28),
                last_day=date(2026, 12, 31),
                average=Decimal(2000 + n % 3000),
                leave=leave,
            )
            for n in range(count)
        ]
        with timed() as took:
            for one in facts:
                settle(one, Policy(), local)
        line(
            f"severance of {count:,} people with full working",
            took["seconds"],
            f"{took['seconds'] / count * 1e6:.0f} µs each",
        )
    with timed() as took:
        found = people(Worker.objects.live(), Setting(), date(2026, 11, 25))
    line(f"facts of {len(found):,} people from the database", took["seconds"])


def _lists(services: Any, officer: Any) -> None:
    from django.contrib import admin
    from django.test import Client
    from django.urls import reverse

    from accounts.models import User
    from plans.models import OutsourcingPlan
    from programme.models import Service
    from staff_transition.models import Worker

    class Listed(admin.ModelAdmin):  # what the page shows, no more
        list_display = ("name", "service", "campus", "post", "category", "hired_on", "monthly_wage")
        list_select_related = ("service", "campus")
        list_filter = ("service", "campus", "category")
        list_per_page = 50

    if not admin.site.is_registered(Worker):
        admin.site.register(Worker, Listed)
        from importlib import reload

        from django.urls import clear_url_caches

        import config.urls

        clear_url_caches()
        reload(config.urls)
    made = Service.objects.bulk_create(
        Service(name=f"项目{n}", category=services[0].category, unit=officer.unit) for n in range(PLANS)
    )
    OutsourcingPlan.objects.bulk_create(
        OutsourcingPlan(service=each, title=each.name, drafter=officer, first_year=2027) for each in made
    )
    client, boss = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    client.force_login(officer)
    boss.force_login(User.objects.get(username="xuhai"))

    def page(who: Client, address: str) -> Callable[[], None]:
        def get() -> None:
            response = who.get(address)
            if response.status_code != 200:
                raise SystemExit(f"{address}: {response.status_code}")

        return get

    print(f"\n{Worker.objects.count():,} workers, {OutsourcingPlan.objects.count():,} plans")
    ours, theirs = medians(page(client, reverse("staff:workers")), page(boss, "/admin/staff_transition/worker/"))
    line("list of workers", ours)
    line("Django admin's change list of the same table", theirs, f"ratio {theirs / ours:.2f} (above 1: we are faster)")
    for label, name in (
        ("last page of workers", "staff:workers"),
        ("分类汇总", "staff:classification"),
        ("board", "programme:board"),
        ("services", "programme:services"),
        ("plans", "plans:plans"),
        ("inbox", "approvals:inbox"),
        ("documents", "documents:documents"),
        ("contracts", "contractors:contracts"),
    ):
        address = reverse(name) + ("?page=200" if label == "last page of workers" else "")
        line(label, median(page(client, address)))


if __name__ == "__main__":
    main()
