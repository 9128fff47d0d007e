"""What the team and campus names of a file stand for in this college: services and campuses."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Unit
from programme.models import Campus, ScopeItem, Service
from staff_transition.models import RememberedName
from staff_transition.roster.cells import squeeze
from staff_transition.roster.findings import Finding, Note
from staff_transition.roster.people import Person
from staff_transition.roster.reading import Reading

SUFFIX = re.compile(r"(班组|小组|组|班|队|部门|部|服务项目|服务|项目)$")
SET_ASIDE = 0  # the answer that people of a team or campus are not imported; no key of a service
CAMPUS_SUFFIX = re.compile(r"(校区|院区|区|校)$")


def plain_team(text: str) -> str:
    return SUFFIX.sub("", squeeze(text)) or squeeze(text)


def plain_campus(text: str) -> str:
    """西校区, 西区 and 西 are one."""
    return CAMPUS_SUFFIX.sub("", squeeze(text)) or squeeze(text)


@dataclass
class NameBook:
    """Services and campuses by the words an office uses for them."""

    services: list[Service]
    campuses: list[Campus]
    chosen_services: dict[str, Service] = field(default_factory=dict)
    chosen_campuses: dict[str, Campus] = field(default_factory=dict)
    scope: dict[int, set[int]] = field(default_factory=dict)  # service → campuses it works at
    set_aside: set[tuple[str, str]] = field(default_factory=set)  # kind and word whose people are not imported

    @classmethod
    def for_import(cls, by: Any, unit: Unit, answers: dict[str, dict[str, int]]) -> "NameBook":
        """What `by` may import into, with what the unit answered before and `answers` of this import. Five queries."""
        services = list(Service.objects.visible_to(by).select_related("category", "unit"))
        book = cls(services, list(Campus.objects.all()), scope=_scope(services))
        by_key = {service.pk: service for service in services}
        campuses = {campus.pk: campus for campus in book.campuses}
        said = [
            (row.kind, row.text, row.service_id or row.campus_id) for row in RememberedName.objects.filter(unit=unit)
        ]
        said += [(kind, text, key) for kind, texts in answers.items() for text, key in texts.items()]
        for kind, text, key in said:
            if key == SET_ASIDE:
                book.set_aside.add((kind, text))
            elif kind == "team" and key in by_key:
                book.chosen_services[text] = by_key[key]
            elif kind == "campus" and key in campuses:
                book.chosen_campuses[text] = campuses[key]
        return book

    def aside(self, words: dict[str, str]) -> tuple[str, str] | None:
        """Kind and word by which a row is not imported."""
        return next((said for said in words.items() if said in self.set_aside), None)

    def campus_of(self, text: str) -> Campus | None:
        if text in self.chosen_campuses:
            return self.chosen_campuses[text]
        same = [campus for campus in self.campuses if text and plain_campus(campus.name) == plain_campus(text)]
        return same[0] if len(same) == 1 else None

    def service_of(self, team: str, campus: Campus | None) -> Service | None:
        """By answer, by the service's own name, by its category; of several the one that works at the campus."""
        if team in self.chosen_services:
            return self.chosen_services[team]
        named = [service for service in self.services if team and squeeze(service.name) == squeeze(team)]
        same = named or [service for service in self.services if team and service.category.name == plain_team(team)]
        if len(same) > 1 and campus:
            same = [service for service in same if campus.pk in self.scope.get(service.pk, ())]
        return same[0] if len(same) == 1 else None


def _scope(services: Iterable[Service]) -> dict[int, set[int]]:
    scope: dict[int, set[int]] = defaultdict(set)
    for service, campus in ScopeItem.objects.filter(service__in=services).values_list("service", "campus"):
        scope[service].add(campus)
    return scope


@dataclass
class Placed:
    """People with the service and campus their row means, and the words that mean none yet."""

    people: list[tuple[Person, Service, Campus]] = field(default_factory=list)
    unknown_teams: Counter[str] = field(default_factory=Counter)
    unknown_campuses: Counter[str] = field(default_factory=Counter)
    service_of_row: dict[tuple[str, int], Service] = field(default_factory=dict)
    aside: dict[str, Counter[str]] = field(default_factory=lambda: {"team": Counter(), "campus": Counter()})
    rows_aside: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of_strangers(cls, people: Iterable[Person]) -> "Placed":
        """Nothing is set up: every team and campus is unknown."""
        return place(people, NameBook([], []))

    @property
    def unknown_names(self) -> str:
        """The open questions in words; "" when everything is known."""
        words = [f"班组“{text or '（空）'}”（{count} 人）" for text, count in self.unknown_teams.items()]
        words += [f"校区“{text or '（空）'}”（{count} 人）" for text, count in self.unknown_campuses.items()]
        return "、".join(words)


def place(people: Iterable[Person], book: NameBook) -> Placed:
    """Only good people are placed; the unknown words of all are counted, so that one answer settles them."""
    placed = Placed()
    known: dict[tuple[str, str], tuple[Campus | None, Service | None]] = {}
    for person in people:
        team, campus_text = words = person.values.get("team", ""), person.values.get("campus", "")
        if said := book.aside({"team": team, "campus": campus_text}):
            placed.aside[said[0]][said[1]] += 1
            placed.rows_aside.add((person.sheet, person.row))
            continue
        if words not in known:
            campus = book.campus_of(campus_text)
            known[words] = campus, book.service_of(team, campus)
        campus, service = known[words]
        if campus is None:
            placed.unknown_campuses[campus_text] += 1
        if service is None:
            placed.unknown_teams[team] += 1
        else:
            placed.service_of_row[person.sheet, person.row] = service
        if service and campus and person.is_good:
            placed.people.append((person, service, campus))
    return placed


def unknown_name_findings(placed: Placed, reading: Reading, *, is_error: bool) -> list[Finding]:
    """Unknown teams and campuses at their cells: an error in every row, a hint at the first row alone."""
    findings = []
    for key, label, meant, unknown in (
        ("team", "班组", "服务项目", placed.unknown_teams), ("campus", "校区", "校区", placed.unknown_campuses)
    ):  # fmt: skip
        said: set[str] = set()
        for person in reading.people:
            text = person.values.get(key, "")
            is_known = text not in unknown or (person.sheet, person.row) in placed.rows_aside
            if is_known or (key == "team" and (person.sheet, person.row) in placed.service_of_row):
                continue
            if is_error or text not in said:
                words = f"{label}“{text or '（空）'}”（{unknown[text]} 人）还不知道对应哪个{meant}。请先建好并在导入页面上选定。"
                findings.append(
                    reading.at(
                        person, key, Note("team_unknown" if key == "team" else "campus_unknown", words, is_error)
                    )
                )
            said.add(text)
    return findings
