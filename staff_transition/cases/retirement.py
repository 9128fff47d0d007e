"""Cases of the statutory retirement age: category and birth month in, delay, age and month out."""

from collections.abc import Iterator, Mapping
from typing import Any

from common.casefiles import BadCaseFile, Outcome, known_keys, mapping
from staff_transition.rules.retirement import COHORTS, retirement

COMPARED = ("delay_months", "statutory_age_months", "retirement_month")
FOR_READERS = ("id", "category_cn", "statutory_age", "basis", "note", "source", "source_url", "source_title")


def run(content: Mapping[str, Any]) -> Iterator[Outcome]:
    """Every case of the file. Raises BadCaseFile."""
    for index, given in enumerate(content.get("cases", [])):
        case = mapping(f"第 {index + 1} 件", given)
        name = str(case.get("id", index + 1))
        known_keys(name, case, ("category", "birth", *COMPARED, *FOR_READERS))
        yield _outcome(name, case)


def _outcome(name: str, case: Mapping[str, Any]) -> Outcome:
    category = case.get("category")
    if category not in COHORTS:
        raise BadCaseFile(f"{name}：category {category!r} 应是 {'、'.join(COHORTS)} 之一")
    try:
        year, month = (int(part) for part in str(case.get("birth")).split("-")[:2])
        result = retirement(category, year, month)
    except ValueError:
        raise BadCaseFile(f"{name}：birth {case.get('birth')!r} 不是年月（YYYY-MM）") from None
    got: dict[str, Any] = {
        "delay_months": result.delay,
        "statutory_age_months": result.age_months,
        "retirement_month": f"{result.year:04}-{result.month:02}",
    }
    expected = {key: case[key] for key in COMPARED if key in case}
    return Outcome(name, expected, got, all(got[key] == value for key, value in expected.items()))
