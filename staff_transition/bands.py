"""Bands of age and of years of service on a day. Pure: a band is a window of birth or hire dates."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Band:
    """From `low` years on (included) to under `high` (None: no end)."""

    key: str
    label: str
    low: int
    high: int | None


AGE_BANDS = (
    Band("0-30", "30 岁以下", 0, 30),
    Band("30-40", "30–39 岁", 30, 40),
    Band("40-50", "40–49 岁", 40, 50),
    Band("50-60", "50–59 岁", 50, 60),
    Band("60-", "60 岁以上", 60, None),
)
FROM_50 = Band("50-", "50 岁以上", 50, None)
SERVICE_BANDS = (
    Band("0-1", "不满 1 年", 0, 1),
    Band("1-5", "1–5 年", 1, 5),
    Band("5-10", "5–10 年", 5, 10),
    Band("10-15", "10–15 年", 10, 15),
    Band("15-", "15 年以上", 15, None),
)
BY_KEY = {band.key: band for band in (*AGE_BANDS, FROM_50, *SERVICE_BANDS)}

Window = tuple[date | None, date | None]  # later than the first, not later than the second


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def born_within(band: Band, day: date) -> Window:
    """Birth dates of people whose age on `day` lies in the band."""
    after = years_before(day, band.high) if band.high else None
    return after, years_before(day, band.low)


def hired_within(band: Band, last_day: date) -> Window:
    """Hire dates of people whose service up to `last_day`, that day counted, lies in the band."""
    return born_within(band, last_day + timedelta(days=1)) if band.low else (_after(band, last_day), None)


def _after(band: Band, last_day: date) -> date | None:
    return years_before(last_day + timedelta(days=1), band.high) if band.high else None
