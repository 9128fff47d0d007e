"""How many people the college lets go together, and out of how many: what article 41 is counted from, over all services."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Count

from law.book import ParameterBook
from law.working import ParameterUse
from staff_transition.models import Disposition, Worker
from staff_transition.rules.grounds import COUNTED_BY_41


class Staff(NamedTuple):
    """The staff of the college (职工总数); without a registered figure (`use`) the people on the rosters, who are fewer."""

    people: int
    use: ParameterUse | None


def staff_of(book: ParameterBook, day: date) -> Staff:
    use = book.find("college_staff_total", "", day)
    return Staff(int(use.value) if use else Worker.objects.live().count(), use)


def ended_by_service(today: date) -> dict[int, Counter[date]]:
    """How many people of each service end on which day by the college's act or proposal, as the dispositions are set.

    Whoever stayed to that day counts, also after it. `today` stands for a day that is not set yet.
    """
    stayed = Disposition.objects.to_the_end().filter(ground__in=COUNTED_BY_41)
    found: dict[int, Counter[date]] = defaultdict(Counter)
    for service, day, people in stayed.values_list("worker__service", "last_day").annotate(Count("pk")).order_by():
        found[service][day or today] += people
    return found


def elsewhere(ended: Mapping[int, Counter[date]], service: int) -> Counter[date]:
    """The people of all other services, by day: what article 41 counts together with those of this one."""
    return sum((days for other, days in ended.items() if other != service), Counter())
