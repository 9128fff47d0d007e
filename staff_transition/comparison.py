"""What an import would change: keyed by identity number, field by field, blank cells erasing nothing."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from common.fields import blind_index
from programme.models import Campus, Service
from staff_transition.models import Worker
from staff_transition.models.workers import WorkerQuerySet
from staff_transition.names import pinyin_of
from staff_transition.roster import fields
from staff_transition.roster.people import Person

# what a row may say of a worker; the campus is matched first, a period in one cell is taken apart when it is read
FIELDS = (
    *(each.key for each in fields.FIELDS if each.key not in {"seq", "campus", "contract_period"}),
    "is_open_ended",
)
CHUNK = 5000  # values of one IN (…)


@dataclass
class Change:
    """A worker whose row says something new; `old` and `new` by field."""

    worker: Worker
    person: Person
    old: dict[str, Any]
    new: dict[str, Any]


@dataclass
class Comparison:
    """The file against the roster."""

    new: list[tuple[Person, dict[str, Any]]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    left_out: list[Worker] = field(default_factory=list)  # live people of the same services whom the file does not name

    @property
    def services(self) -> set[int]:
        """Services whose staff data would move."""
        moved = {attributes["service"].pk for _, attributes in self.new}
        for change in self.changed:
            moved |= {change.worker.service_id, change.new.get("service", change.worker.service_id)}
        return {getattr(service, "pk", service) for service in moved}

    @property
    def digest(self) -> str:
        """The same for the same changes: what a person agreed to is what is written."""
        facts: list[Any] = [sorted(blind_index(attributes["id_number"]) for _, attributes in self.new)]
        facts.append([[each.worker.pk, each.worker.revision, sorted(each.new)] for each in self.changed])
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def attributes_of(person: Person, service: Service, campus: Campus) -> dict[str, Any]:
    """The fields of a worker that a row fills."""
    values = {key: person.values[key] for key in FIELDS if key in person.values}
    if values.get("is_open_ended"):
        values["contract_to"] = None
    elif "contract_to" in values:
        values["is_open_ended"] = False
    if "leave_taken_days" in values:
        values["leave_taken_year"] = timezone.localdate().year  # the column says 本年
    return values | {"service": service, "campus": campus}


def existing_workers(id_numbers: Iterable[str]) -> dict[str, Worker]:
    """Live workers by identity number, whatever unit they are in."""
    return {worker.id_number: worker for some in _existing(id_numbers) for worker in some.select_related("service")}


def existing_keys(id_numbers: Iterable[str]) -> list[int]:
    """The same people by their keys alone, to be held before they are read."""
    return [pk for some in _existing(id_numbers) for pk in some.values_list("pk", flat=True)]


def _existing(id_numbers: Iterable[str]) -> Iterator[WorkerQuerySet]:
    indexes = [blind_index(number) for number in id_numbers]
    for start in range(0, len(indexes), CHUNK):
        yield Worker.objects.live().filter(id_index__in=indexes[start : start + CHUNK])


def compare(
    placed: Sequence[tuple[Person, Service, Campus]], existing: dict[str, Worker], all_people: Iterable[Person]
) -> Comparison:
    """Hold the placed people against the live workers. `all_people`: everybody the file names, good or not."""
    comparison = Comparison()
    for person, service, campus in placed:
        attributes = attributes_of(person, service, campus)
        worker = existing.get(person.id_number)
        if worker is None:
            comparison.new.append((person, attributes))
        elif change := _change(worker, person, attributes):
            comparison.changed.append(change)
        else:
            comparison.unchanged += 1
    comparison.left_out = _left_out({service.pk for _, service, _ in placed}, all_people, existing)
    return comparison


def _change(worker: Worker, person: Person, attributes: dict[str, Any]) -> Change | None:
    old, new = {}, {}
    for key, value in attributes.items():
        name = f"{key}_id" if key in ("service", "campus") else key
        before = getattr(worker, name)
        after = value.pk if key in ("service", "campus") else value
        if before != after:
            old[key], new[key] = before, after
    return Change(worker, person, old, new) if new else None


def _left_out(services: set[int], people: Iterable[Person], existing: dict[str, Worker]) -> list[Worker]:
    named = {worker.pk for worker in existing.values()}
    names = {
        person.plain_name for person in people if not person.id_number
    }  # a row whose number is wrong still names them
    live = (
        Worker.objects.live()
        .filter(service__in=services)
        .select_related("service")
        .defer("id_number", "phone", "bank_account")
    )
    return [worker for worker in live if worker.pk not in named and worker.name not in names]


def built(attributes: dict[str, Any]) -> Worker:
    """A new worker from the attributes of a row."""
    worker = Worker(**attributes)
    worker.pinyin, worker.sort_key = pinyin_of(worker.name)
    return worker


def updated(change: Change) -> Worker:
    """The worker with the new values; the next revision."""
    for key, value in change.new.items():
        setattr(change.worker, f"{key}_id" if key in ("service", "campus") else key, value)
    if "name" in change.new:
        change.worker.pinyin, change.worker.sort_key = pinyin_of(change.worker.name)
    change.worker.revision += 1
    return change.worker
