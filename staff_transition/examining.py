"""A file examined against this college: the reading, the names, the differences. What preview, command and import share."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import Unit
from common.fields import blind_index, mask_id_number
from common.refusals import NotReadable
from law.parameters import book as parameter_book
from programme.models import Service
from staff_transition.comparison import Comparison, compare, existing_workers
from staff_transition.matching import NameBook, Placed, place, unknown_name_findings
from staff_transition.models import RememberedColumns, Worker
from staff_transition.payable import paid_elsewhere, said_of_double
from staff_transition.roster.cells import squeeze
from staff_transition.roster.findings import Finding, Note, hint
from staff_transition.roster.limited import read_book_safely
from staff_transition.roster.minimum import minimum_wage_hints
from staff_transition.roster.reading import Choice, Reading, read_roster

Report = Callable[[int, str], None]  # step number, what is being done
STEPS = 4
SET_ASIDE = hint("set_aside", "按您的选择不导入此人。")
MINIMUM_WAGE = "min_wage_monthly"


@dataclass
class Examination:
    reading: Reading
    book: NameBook
    placed: Placed
    comparison: Comparison


def examine(
    content: bytes, kind: str, *, by: Any, unit: Unit, mappings: dict[str, Choice] | None = None,
    answers: dict[str, dict[str, int]] | None = None, only_sheet: str = "", report: Report = lambda step, doing: None,
) -> Examination:  # fmt: skip
    """Read a file and hold it against the roster. Raises NotReadable when it is none."""
    today = timezone.localdate()
    report(0, "正在打开文件")
    book = read_book_safely(content, kind)
    report(1, "正在逐格核对")
    reading = read_roster(book, today, only_sheet=only_sheet, mappings=remembered_columns(unit) | (mappings or {}))
    require_people(reading)
    report(2, "正在对应班组和校区")
    names = NameBook.for_import(by, unit, answers or {})
    _recognise(reading, by)
    existing = existing_workers(person.id_number for person in reading.people if person.id_number)
    _refuse_people_of_others(reading, existing, names)
    reading.findings += minimum_wage_hints(reading, _minimum_wages(reading, names, today))
    report(3, "正在与现有人员比对")
    placed = place(reading.people, names)
    _say_who_is_not_placed(reading, placed)
    comparison = compare(placed.people, existing, reading.people)
    reading.findings += _paid_before(reading, comparison)
    return Examination(reading, names, placed, comparison)


def require_people(reading: Reading) -> None:
    if not reading.people:
        why = "；".join(f"“{sheet or '本表'}”：{reason}" for sheet, reason in reading.skipped)
        raise NotReadable(why=f"没有找到花名册。{why}。", how="表头要有姓名，以及身份证号、入职时间或工资中的一列。")


def remembered_columns(unit: Unit) -> dict[str, Choice]:
    return {
        signature: {int(index): key for index, key in mapping.items()}
        for signature, mapping in RememberedColumns.objects.filter(unit=unit).values_list("signature", "mapping")
    }


def _recognise(reading: Reading, by: Any) -> None:
    """People whose number is masked as exports mask it: number and name together must fit one live person of the roster."""
    masked = [person for person in reading.people if person.masked_id]
    if not masked:
        return
    known: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, number in Worker.objects.visible_to(by).live().values_list("name", "id_number"):
        known[mask_id_number(number), squeeze(name)].append(number)
    for person in masked:
        fitting = known[person.masked_id, person.plain_name]
        if len(fitting) == 1:
            person.values["id_number"] = fitting[0]
            continue
        text = f"号码遮挡了，花名册里有 {len(fitting)} 位同名同地区的人，认不出是哪一位。请对照证件填完整号码。"
        reading.findings.append(reading.at(person, "id_number", Note("id_masked", text)))
        person.is_good = False


def _refuse_people_of_others(reading: Reading, existing: dict[str, Any], names: NameBook) -> None:
    """A person who is live in a service that the importing person may not touch is an error of the row."""
    mine = {service.pk for service in names.services}
    for person in reading.people:
        worker = existing.get(person.id_number)
        if worker is not None and worker.service_id not in mine:
            text = f"此人现在在{worker.service.unit}的花名册里。请先请对方办理离开，或核对身份证号。"
            reading.findings.append(reading.at(person, "id_number", Note("id_elsewhere", text)))
            person.is_good = False


def _paid_before(reading: Reading, comparison: Comparison) -> list[Finding]:
    """A hint at people who come back with a date of hire whose years were paid already; no batch will pay them again."""
    people = {blind_index(person.id_number): (person, attributes) for person, attributes in comparison.new}
    workers = [Worker(id_index=index, hired_on=attributes["hired_on"]) for index, (_, attributes) in people.items()]
    return [
        reading.at(people[worker.id_index][0], "hired_on", hint("paid_before", f"{said_of_double(paid)}。"))
        for worker, paid in paid_elsewhere(workers)
    ]


def _say_who_is_not_placed(reading: Reading, placed: Placed) -> None:
    """A row whose team or campus means nothing yet has an error; one set aside by choice has none, and is not imported."""
    unknown = unknown_name_findings(placed, reading, is_error=True)
    reading.findings = [
        each.softened() if (each.sheet, each.row) in placed.rows_aside else each for each in (*reading.findings, *unknown)
    ]  # fmt: skip
    without_place = placed.rows_aside | {(each.sheet, each.row) for each in unknown}
    for person in reading.people:
        row = (person.sheet, person.row)
        person.is_good = person.is_good and row not in without_place
        if row in placed.rows_aside:
            reading.findings.append(reading.at(person, "", SET_ASIDE))


def _minimum_wages(reading: Reading, names: NameBook, today: date) -> dict[str, Any]:
    """The monthly minimum wage that holds at each campus the file names, where it is known."""
    parameters = parameter_book()
    wages = {}
    for text in {person.values.get("campus", "") for person in reading.people}:
        campus = names.campus_of(text)
        if campus and campus.district and (use := parameters.find(MINIMUM_WAGE, campus.district, today)):
            wages[text] = use
    return wages


def is_empty_college() -> bool:
    """Nothing set up yet: a dry run cannot know what teams and campuses mean."""
    return not Service.objects.exists()
