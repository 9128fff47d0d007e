from datetime import date

import pytest

from common.numerals import bill_month_day, document_date, heading_numeral


@pytest.mark.parametrize(
    ("n", "numeral"),
    [(2, "二"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (111, "一百一十一")],
)
def test_heading_numerals(n, numeral):
    assert heading_numeral(n) == numeral


def test_dates_in_documents_and_on_bills():
    assert document_date(date(2026, 2, 8)) == "2026年2月8日"
    assert bill_month_day(date(2026, 2, 8)) == "零贰月零捌日"
    assert bill_month_day(date(2026, 12, 30)) == "壹拾贰月零叁拾日"
    assert bill_month_day(date(2026, 10, 31)) == "零壹拾月叁拾壹日"
