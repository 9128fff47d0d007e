from datetime import date
from decimal import Decimal

from django.apps import AppConfig

from plans.registry import Proposal, method_proposal


class TendersConfig(AppConfig):
    name = "tenders"
    verbose_name = "采购"

    def ready(self) -> None:
        method_proposal(proposed)


def proposed(amount: Decimal, today: date) -> Proposal:
    """The proposal with the province's figures of the day, or the country's row where the admin entered one."""
    from accounts.models import College
    from law.parameters import book
    from tenders.rules.method import proposal

    place, figures = getattr(College.current(), "province", ""), book()
    limit, open_limit = (
        figures.find(key, place, today) or figures.find(key, "", today)
        for key in ("procurement_limit_services", "open_tender_limit_services")
    )
    return proposal(amount, limit, open_limit)
