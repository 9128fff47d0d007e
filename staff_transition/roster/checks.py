"""What one row says about itself that cannot be true, and what is legal but odd. After the cells, before the database."""

from datetime import date

from staff_transition.roster.cells import squeeze
from staff_transition.roster.findings import Note, hint
from staff_transition.roster.identity import FEMALE, MALE
from staff_transition.roster.people import Person, RowReader
from staff_transition.rules.leave import is_too_short
from staff_transition.rules.plausible import oddities

EARLIEST_HIRE = date(1950, 1, 1)
SEX_WORDS = {MALE: "男", FEMALE: "女"}
EMPLOYEES = {"CONTRACT", "NO_WRITTEN_CONTRACT", "PART_TIME", "DISPATCH"}
FULL_EMPLOYEES = {"CONTRACT", "NO_WRITTEN_CONTRACT", "DISPATCH"}
OLD_AGE = {MALE: 60, FEMALE: 55}  # only where a question is worth asking; the statutory age is in rules/retirement.py
PENSIONER_FROM = {MALE: 55, FEMALE: 45}
PROTECTED_WORDS = {
    "孕期": "PREGNANCY", "怀孕": "PREGNANCY", "产假": "MATERNITY", "产期": "MATERNITY", "哺乳": "NURSING",
    "医疗期": "MEDICAL_PERIOD", "病假": "MEDICAL_PERIOD", "住院": "MEDICAL_PERIOD", "工伤": "WORK_INJURY",
    "职业病": "OCCUPATIONAL", "疑似职业": "OCCUPATIONAL",
}  # fmt: skip
OF_WOMEN = {"PREGNANCY", "MATERNITY", "NURSING"}
CHILDBEARING_UNTIL = 50


def check_person(reader: RowReader, person: Person, today: date) -> None:
    """Add everything that the row as a whole has to say."""
    for check in (
        _identity,
        _sex,
        _female_category,
        _birth,
        _hire,
        _contract,
        _wages,
        _category,
        _insurance,
        _remark,
        _working_life,
        _plausible,
    ):
        check(reader, person, today)


def age_on(birth_date: date, day: date) -> int:
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def protected_kind(remark: str) -> str:
    """The protected condition that a remark speaks of, "" for none."""
    text = squeeze(remark)
    return next((kind for word, kind in PROTECTED_WORDS.items() if word in text), "")


def _has_error(reader: RowReader, person: Person, field: str) -> bool:
    column = reader.columns.get(field)
    return column is not None and any(
        finding.is_error and finding.row == person.row and finding.column == column.index
        for finding in reversed(reader.findings[-20:])
    )


def _identity(reader: RowReader, person: Person, today: date) -> None:
    if not (person.id_number or person.masked_id) and not _has_error(reader, person, "id_number"):
        reader.note(person, "id_number", Note("id_missing", "没有身份证号。请对照证件补上：重复导入时凭它认人。"))


def _sex(reader: RowReader, person: Person, today: date) -> None:
    said, known = person.values.get("sex"), person.values.get("id_sex")
    if said and known and said != known:
        text = f"性别“{SEX_WORDS[said]}”与身份证号（{SEX_WORDS[known]}）不一致。请改其中一个。"
        reader.note(person, "sex", Note("sex_contradicts_id", text))
    elif known:
        person.values["sex"] = known


def _female_category(reader: RowReader, person: Person, today: date) -> None:
    if person.values.get("sex") == MALE and person.values.pop("female_category", ""):
        reader.note(person, "female_category", hint("female_category_of_man", "此人是男职工，女职工退休类别没有导入。"))


def _birth(reader: RowReader, person: Person, today: date) -> None:
    said, known = person.values.get("birth_date"), person.values.pop("id_birth_date", None)
    if said and known and (said.year, said.month) != (known.year, known.month):
        reader.note(
            person,
            "birth_date",
            Note("birth_contradicts_id", f"出生日期 {said} 与身份证号（{known}）不一致。请改其中一个。"),
        )
    if known:
        person.values["birth_date"] = known


def _hire(reader: RowReader, person: Person, today: date) -> None:
    hired_on, birth_date = person.values.get("hired_on"), person.values.get("birth_date")
    if hired_on is None:
        if not _has_error(reader, person, "hired_on"):
            reader.note(
                person, "hired_on", Note("hired_missing", "没有入职时间，算不出工龄。请补上到本校工作的第一天。")
            )
    elif hired_on > today:
        text = f"入职时间 {hired_on} 晚于今天（{today}）。请改为实际入职日期。"
        reader.note(person, "hired_on", Note("hired_in_future", text))
    elif hired_on < EARLIEST_HIRE or (birth_date and hired_on <= birth_date):
        reader.note(person, "hired_on", Note("date_invalid", f"入职时间 {hired_on} 不可能。请对照合同或工资单改正。"))


def _contract(reader: RowReader, person: Person, today: date) -> None:
    values = person.values
    first, last, hired_on = values.get("contract_from"), values.get("contract_to"), values.get("hired_on")
    where = "contract_to" if "contract_to" in reader.columns else "contract_period"
    if first and last and last < first:
        reader.note(person, where, Note("contract_backwards", f"合同终止 {last} 早于起始 {first}。请对照合同改正。"))
    elif last and last < today and values.get("category") in EMPLOYEES:
        text = f"合同已于 {last} 到期，人还在册：到期后继续用工有二倍工资等风险，请核对是否已续签。"
        reader.note(person, where, hint("contract_expired", text))
    if first and hired_on and first < hired_on <= today:
        where = "contract_from" if "contract_from" in reader.columns else "contract_period"
        text = f"合同起始 {first} 早于入职时间 {hired_on}，请核对入职时间：工龄从用工之日起算。"
        reader.note(person, where, hint("contract_before_hire", text))


def _wages(reader: RowReader, person: Person, today: date) -> None:
    wage, average = person.values.get("monthly_wage"), person.values.get("average_wage")
    fields = [field for field in ("average_wage", "monthly_wage") if field in reader.columns]
    if wage is None and average is None and fields and not any(_has_error(reader, person, field) for field in fields):
        reader.note(person, fields[-1], hint("wage_missing", "没有工资，导入后算不出金额，请补。"))


def _plausible(reader: RowReader, person: Person, today: date) -> None:
    values = person.values
    hired_on = None if _has_error(reader, person, "hired_on") else values.get("hired_on")
    for odd in oddities(values.get("birth_date"), hired_on, values.get("monthly_wage"), values.get("average_wage")):
        is_hire = odd.field == "hired_on"
        reader.note(
            person, odd.field, hint("hired_under_16", odd.text) if is_hire else hint("wages_far_apart", odd.text)
        )


def _category(reader: RowReader, person: Person, today: date) -> None:
    values = person.values
    category, sex, birth_date = values.get("category", ""), values.get("sex"), values.get("birth_date")
    if category == "NO_WRITTEN_CONTRACT" and ("contract_from" in values or "contract_to" in values):
        text = "用工形式写的是未签合同，却填了合同日期，请核对。"
        reader.note(person, "category", hint("category_contradicts_contract", text))
    if not (birth_date and sex):
        return
    age = age_on(birth_date, today)
    if category in EMPLOYEES and age >= OLD_AGE[sex]:
        text = f"已满 {age} 周岁，用工形式却不是退休返聘：请核对是否已领养老金，两种情形的待遇不同。"
        reader.note(person, "category", hint("over_age", text))
    elif category == "REHIRED_PENSIONER" and age < PENSIONER_FROM[sex]:
        reader.note(person, "category", hint("pensioner_young", f"退休返聘但只有 {age} 周岁，请核对是否已办退休。"))


def _insurance(reader: RowReader, person: Person, today: date) -> None:
    category = person.values.get("category", "")
    if person.values.get("is_insured") is not False or category not in FULL_EMPLOYEES:
        return
    if category == "DISPATCH":
        text = "派遣人员未参保：社保应由派遣单位缴纳，请向派遣单位核实。可先导入。"
    else:
        text = "未参加社保：劳动者可据此解除合同并要求经济补偿，请核实补缴。可先导入。"
    reader.note(person, "is_insured", hint("not_insured", text))


def _working_life(reader: RowReader, person: Person, today: date) -> None:
    years, hired_on = person.values.get("cumulative_service_years"), person.values.get("hired_on")
    if years is None or hired_on is None or person.values.get("category") not in FULL_EMPLOYEES:
        return
    if is_too_short(years, hired_on, today):
        text = f"累计工龄 {years} 年，少于 {hired_on} 入职以来的年数。累计工龄从第一份全日制工作算起，请改其中一个。"
        reader.note(person, "cumulative_service_years", Note("working_life_short", text))


def _remark(reader: RowReader, person: Person, today: date) -> None:
    remark = person.values.get("remark", "")
    kind = protected_kind(remark)
    if not kind:
        return
    sex, birth_date = person.values.get("sex"), person.values.get("birth_date")
    is_odd = kind in OF_WOMEN and (sex == MALE or bool(birth_date and age_on(birth_date, today) >= CHILDBEARING_UNTIL))
    if is_odd:
        who = "男职工" if sex == MALE else f"{age_on(birth_date, today)} 岁"  # type: ignore[arg-type]
        reader.note(person, "remark", hint("remark_implausible", f"备注写“{remark[:20]}”，此人是{who}，请核对。"))
    else:
        text = f"备注写“{remark[:20]}”：导入后请在员工页“受保护情形”登记起止日期，期间不得用第 40、41 条解除。"
        reader.note(person, "remark", hint("remark_protected", text))
