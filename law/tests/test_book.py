from datetime import date
from decimal import Decimal

import pytest

from law.book import Follow, ParameterBook, ParameterMissing, Row

SOURCE = "鄂政办发〔2025〕44号"


def row(value, since, until=None, place="省/三档"):
    day = date.fromisoformat
    return Row("wage", place, Decimal(value), "元/月", since and day(since), until and day(until), SOURCE)


def test_the_value_of_the_day_is_found_at_its_edges():
    book = ParameterBook([row("1800", "2024-02-01", "2025-11-30"), row("1970", "2025-12-01")])
    assert book.on("wage", "省/三档", date(2025, 11, 30)).value == 1800
    assert book.on("wage", "省/三档", date(2025, 12, 1)).value == 1970


def test_a_missing_value_is_missing_and_not_the_nearest_one():
    book = ParameterBook([row("1970", "2025-12-01")], labels={"wage": "最低工资"})
    with pytest.raises(ParameterMissing, match="最低工资（省/三档，2025-11-30）"):
        book.on("wage", "省/三档", date(2025, 11, 30))
    assert book.find("wage", "别处", date(2026, 1, 1)) is None


def test_a_district_follows_its_tier_from_the_day_it_was_chosen():
    book = ParameterBook(
        [row("1970", "2025-12-01"), row("1650", "2021-09-01", "2024-01-31", place="孝南区")],
        [Follow("孝南区", "省/三档", date(2025, 12, 1), "附件第3页")],
    )
    assert book.on("wage", "孝南区", date(2023, 1, 1)).value == 1650
    use = book.on("wage", "孝南区", date(2026, 1, 1))
    assert use.value == 1970
    assert "附件第3页" in use.source
    with pytest.raises(ParameterMissing):
        book.on("wage", "孝南区", date(2024, 6, 1))


def test_a_row_without_a_start_holds_until_its_end():
    book = ParameterBook([row("900", None, "2015-08-31")])
    assert book.on("wage", "省/三档", date(2000, 1, 1)).since is None
