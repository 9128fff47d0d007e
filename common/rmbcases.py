"""Cases of amounts in words, dates on papers and heading numerals."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from common.casefiles import Outcome, day, decimal, known_keys, mapping
from common.money import read_words, words
from common.numerals import bill_month_day, document_date, heading_numeral

FOR_READERS = ("why", "official", "note")


def run(content: Mapping[str, Any]) -> Iterator[Outcome]:
    """Every case of the three lists; a case's id is its amount, date or number. Raises BadCaseFile."""
    for given in content.get("amounts", []):
        case = mapping("amounts", given)
        known_keys("amounts", case, ("amount", "words", "also", *FOR_READERS))
        yield _amount(case, decimal("amounts", case.get("amount")) or Decimal(0))
    for given in content.get("bill_dates", []):
        case = mapping("bill_dates", given)
        known_keys("bill_dates", case, ("date", "month_day_words", "document_form", *FOR_READERS))
        yield _date(case, day("bill_dates", case.get("date")) or date.min)
    for given in content.get("heading_numbers", []):
        case = mapping("heading_numbers", given)
        known_keys("heading_numbers", case, ("n", "numeral", *FOR_READERS))
        yield _compared(str(case["n"]), {"numeral": case["numeral"]}, {"numeral": heading_numeral(int(case["n"]))})


def _amount(case: Mapping[str, Any], amount: Decimal) -> Outcome:
    forms = [case["words"], *case.get("also", [])]
    expected = {"words": case["words"]} | dict.fromkeys(forms, amount)
    return _compared(str(case["amount"]), expected, {"words": words(amount)} | {form: _read(form) for form in forms})


def _read(form: str) -> Decimal | str:
    try:
        return read_words(form)
    except ValueError:
        return "读不出"


def _date(case: Mapping[str, Any], when: date) -> Outcome:
    got = {"month_day_words": bill_month_day(when), "document_form": document_date(when)}
    return _compared(str(case["date"]), {key: case[key] for key in got if key in case}, got)


def _compared(name: str, expected: Mapping[str, Any], got: Mapping[str, Any]) -> Outcome:
    return Outcome(name, expected, got, all(got[key] == value for key, value in expected.items()))
