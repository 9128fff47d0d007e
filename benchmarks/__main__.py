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
    _formulas()
    _lists(services, officer)
    _schemes(services[0], officer)


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


def _timed_settlements(count: int) -> float:
    """Seconds for so many settlements with full working, the facts at hand."""
    from datetime import date
    from decimal import Decimal

    from law.working import ParameterUse
    from staff_transition.rules.person import LeaveFacts, Local, PersonFacts
    from staff_transition.rules.policy import Policy
    from staff_transition.rules.settlement import settle

    minimum = ParameterUse("min_wage_monthly", "最低工资", Decimal(1970), "元/月", "", None, "")
    local = Local(min_wage=minimum, asks=False)
    leave = LeaveFacts(
        elapsed_days=365, cumulative_years=Decimal(12), taken_days=Decimal(5), monthly_wage=Decimal(2800)
    )
    facts = [
        PersonFacts(
            "NEGOTIATED_EMPLOYER", first_day=date(1998 + n % 25, 1 + n % 12, 1 + n % 28), last_day=date(2026, 12, 31),
            average=Decimal(2000 + n % 3000), leave=leave,
        )
        for n in range(count)
    ]  # fmt: skip
    with timed() as took:
        for one in facts:
            _ = settle(one, Policy(), local).lines  # put into words, as a page shows them
    return took["seconds"]


def _severance() -> None:
    from datetime import date

    from staff_transition.facts import Setting, people
    from staff_transition.models import Worker

    for count in (1_000, ROWS, 10 * ROWS):
        seconds = _timed_settlements(count)
        line(f"severance of {count:,} people with full working", seconds, f"{seconds / count * 1e6:.0f} µs each")
    with timed() as took:
        found = people(Worker.objects.live(), Setting(), date(2026, 11, 25))
    line(f"facts of {len(found):,} people from the database", took["seconds"])


def _formulas() -> None:
    """The same 10,000 rows as the office would do them: a workbook of formulas, recalculated by LibreOffice."""
    import shutil
    import subprocess
    from datetime import date
    from pathlib import Path

    from openpyxl import Workbook

    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        print("LibreOffice is not installed: the workbook was not recalculated")
        return
    book = Workbook()
    page = book.active
    page.append(["hired", "last day", "average", "minimum", "months", "years", "severance"])
    for n in range(ROWS):
        row = n + 2
        page.append([
            date(2009 + n % 17, 1 + n % 12, 1 + n % 28), date(2026, 12, 31), 2000 + n % 3000, 1970,
            f'=DATEDIF(A{row},B{row}+1,"m")',
            f"=INT(E{row}/12)+IF(MOD(E{row},12)>=6,1,IF(OR(MOD(E{row},12)>0,DAY(B{row}+1)<>DAY(A{row})),0.5,0))",
            f"=ROUND(MAX(C{row},D{row})*F{row},2)",
        ])  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "severance.xlsx"
        book.save(source)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "csv",
            "--outdir",
            folder,
        ]
        with timed() as took:
            done = subprocess.run([*command, str(source)], capture_output=True, check=True, text=True)
        made = Path(folder) / "severance.csv"
        if not made.exists():
            raise SystemExit(f"LibreOffice made no table (libreoffice-calc is needed): {done.stderr}")
        last = made.read_text(encoding="utf-8").splitlines()[-1]
        if not last.rpartition(",")[2]:
            raise SystemExit(f"LibreOffice did not calculate: {last}")
    ours = _timed_settlements(ROWS)
    more = f"ratio {took['seconds'] / ours:.1f} (above 1: we are faster, with the working)"
    line("the same 10,000 as formulas in LibreOffice", took["seconds"], more)


def _schemes(like: Any, officer: Any) -> None:
    """Three schemes over one service of 10,000 people, people read from the database."""
    from datetime import date

    from programme.models import Service
    from staff_transition.actions.schemes import save_scheme
    from staff_transition.models import SchemeRule, TransitionScheme, Worker
    from staff_transition.scenarios import Bench, outcomes

    service = Service.objects.create(name="bench", category=like.category, unit=like.unit)
    keys = list(Worker.objects.live().values_list("pk", flat=True)[:ROWS])
    for begin in range(0, len(keys), 500):
        Worker.objects.filter(pk__in=keys[begin : begin + 500]).update(service=service, category="CONTRACT")
    ways = {
        "全部协商": ["NEGOTIATED"],
        "全部接收": ["TRANSFER_CONTINUOUS"],
        "混合": ["TRANSFER_CONTINUOUS", "NEGOTIATED"],
    }
    schemes = []
    for name, kinds in ways.items():
        rules = [
            SchemeRule(kind=kind, min_years=10 if len(kinds) > index + 1 else 0) for index, kind in enumerate(kinds)
        ]
        scheme = TransitionScheme(service=service, name=f"bench {name}", last_day=date(2027, 3, 31))
        schemes.append(save_scheme(scheme, rules, by=officer, reason="bench"))
    with timed() as read:
        bench = Bench(service)
    with timed() as took:
        outcomes(service, schemes, bench)
    line(
        f"three schemes over {len(bench.workers):,} people", took["seconds"], f"people read in {read['seconds']:.1f} s"
    )


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
