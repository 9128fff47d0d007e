"""Transition schemes: drafting, adopting one (its dispositions are set, its checklist begins), ticking off steps."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from common.history import create_many, record, require_fresh
from common.refusals import NotYours, require
from staff_transition import permissions
from staff_transition.actions.checklists import keep_checklists, named_by
from staff_transition.actions.dispositions import set_dispositions
from staff_transition.actions.holding import hold_roster, hold_schemes
from staff_transition.blocking import require_lawful
from staff_transition.errors import NAMED, AdoptionMoved, DayInFuture, SchemeIsEmpty, SchemeIsOver, SchemeLeavesPeople
from staff_transition.grounds import ground_of
from staff_transition.models import SchemeRule, SchemeStep, TransitionScheme
from staff_transition.scenarios import Bench

RULE_FIELDS = ("order", "who", "category", "campus", "min_years", "kind", "ground", "last_day")


@transaction.atomic
def save_scheme(
    scheme: TransitionScheme, rules: Sequence[SchemeRule], *, by: Any, reason: str, revision: int | None = None
) -> TransitionScheme:
    """Draft or change a scheme that is not adopted yet, with all its rules in order; `revision`: what the person saw.

    Raises NotYours, SchemeIsOver, SchemeIsEmpty, Stale.
    """
    require(
        permissions.may_edit_service(by, scheme.service), NotYours, act="拟定这个安置方案", who="本项目经办人或人事处"
    )
    require(bool(rules), SchemeIsEmpty)
    if scheme.pk:
        held = _live(scheme)
        require(held.adopted_at is None, SchemeIsOver, state="采用")
        require_fresh(held, held.revision if revision is None else revision)
        scheme.revision = held.revision + 1
    else:
        scheme.made_by = by
    record(scheme, by, reason)
    for order, rule in enumerate(rules, 1):
        rule.scheme, rule.order = scheme, order
    _write_rules(list(scheme.rules.all()), rules, by, reason)
    return scheme


def _write_rules(kept: list[SchemeRule], wanted: Sequence[SchemeRule], by: Any, reason: str) -> None:
    """Place by place, so that the history says what became of each rule."""
    for rule, new in zip(kept, wanted, strict=False):
        changed = [field for field in RULE_FIELDS if getattr(rule, field) != getattr(new, field)]
        for field in changed:
            setattr(rule, field, getattr(new, field))
        if changed:
            record(rule, by, reason, *changed)
    for rule in kept[len(wanted) :]:
        rule._history_user, rule._change_reason = by, reason  # type: ignore[attr-defined]
        rule.delete()
    create_many(wanted[len(kept) :], by, reason)


@transaction.atomic
def set_budget(scheme: TransitionScheme, *, by: Any, reason: str, revision: int) -> TransitionScheme:
    """Keep budget and note of an adopted scheme: they move nobody, so the lock does not hold them.

    Raises NotYours, SchemeIsOver, Stale.
    """
    require(
        permissions.may_edit_service(by, scheme.service),
        NotYours,
        act="改这个安置方案的预算",
        who="本项目经办人或人事处",
    )
    held = _live(scheme)
    require(held.adopted_at is not None, SchemeIsOver, state="改回拟定")
    require_fresh(held, revision)
    scheme.revision = held.revision + 1
    record(scheme, by, reason, "budget", "note", "revision")
    return scheme


@transaction.atomic
def copy_scheme(scheme: TransitionScheme, *, by: Any) -> TransitionScheme:
    """The same rules under a new name, to be changed and compared. Raises NotYours."""
    names = set(TransitionScheme.objects.live().filter(service=scheme.service).values_list("name", flat=True))
    name = next(each for number in range(2, 100) if (each := f"{scheme.name[:44]}（{number}）") not in names)
    copy = TransitionScheme(
        service=scheme.service, name=name, last_day=scheme.last_day, note=scheme.note, budget=scheme.budget
    )
    rules = [
        SchemeRule(**{field: getattr(rule, field) for field in RULE_FIELDS}) for rule in scheme.rules.select_related("campus")
    ]  # fmt: skip
    return save_scheme(copy, rules, by=by, reason=f"复制自“{scheme.name}”")


@transaction.atomic
def adopt_scheme(scheme: TransitionScheme, *, by: Any, reason: str, revision: str | None = None) -> int:
    """Give everybody the disposition the scheme means and begin its checklist; returns how many dispositions changed.

    A ground chosen by hand stays: who died or resigned is not negotiated with.
    `revision`: what the person saw (adoption_of). All or nothing. Raises NotYours, SchemeIsOver, AdoptionMoved,
    SchemeLeavesPeople, DispositionIsBarred, and what set_dispositions raises.
    """
    hold_roster(scheme.service, by)  # one adoption of a service at a time
    hold_schemes(also=scheme.pk)
    scheme = _live(scheme)
    require(
        permissions.may_edit_service(by, scheme.service), NotYours, act="采用这个安置方案", who="本项目经办人或人事处"
    )
    require(scheme.adopted_at is None, SchemeIsOver, state="采用")
    now = adoption_of(scheme)
    require(
        revision is None or revision == now,
        AdoptionMoved,
        scheme=scheme,
        now=adopted(scheme) or "没有采用方案",
        revision=now,
    )
    bench = Bench(scheme.service)
    ways = bench.ways(scheme)
    left = [way.worker.name for way in ways if not way.kind]
    require(not left, SchemeLeavesPeople, names="、".join(left[:NAMED]), count=len(left))
    ruled = [way for way in ways if not way.is_by_hand]
    require_lawful([(way.worker, bench.facts(way)) for way in ruled], bench.today, "采用")
    groups: dict[tuple[str, str, date | None], list[int]] = defaultdict(list)
    for way in ruled:
        groups[way.kind, way.ground, way.last_day].append(way.worker.pk)
    changed = 0
    for (kind, ground, last_day), workers in groups.items():
        changed += set_dispositions(
            workers, kind, by=by, last_day=last_day, note=f"方案“{scheme.name}”",
            ground="" if ground in (ground_of(kind), kind) else ground, scheme=scheme,
        )  # fmt: skip
    _replace_adopted(scheme, by)
    scheme.adopted_at, scheme.adopted_by = timezone.now(), by
    record(scheme, by, reason, "adopted_at", "adopted_by")
    keep_checklists(by, f"采用“{scheme.name}”")
    return changed


def adopted(scheme: TransitionScheme) -> TransitionScheme | None:
    """The scheme of the same service that is adopted now, which this one would replace."""
    others = TransitionScheme.objects.live().filter(service=scheme.service_id).exclude(adopted_at=None)
    others = others.exclude(pk=scheme.pk)
    return others.select_related("adopted_by").first()


def adoption_of(scheme: TransitionScheme) -> str:
    """What an adoption would do, in short: the scheme as it reads and the one it replaces."""
    other = adopted(scheme)
    return f"{scheme.revision}/{other.pk if other else '-'}"


def _replace_adopted(scheme: TransitionScheme, by: Any) -> None:
    """The scheme adopted before, if any, is a draft again; its checklist stays with it."""
    if other := adopted(scheme):
        other.adopted_at = other.adopted_by = None
        record(other, by, f"改为采用“{scheme.name}”", "adopted_at", "adopted_by")


@transaction.atomic
def withdraw_scheme(scheme: TransitionScheme, *, by: Any, reason: str) -> TransitionScheme:
    """Take a scheme out of the comparison; it stays on record. Raises NotYours, SchemeIsOver."""
    scheme = _live(scheme)
    require(
        permissions.may_edit_service(by, scheme.service), NotYours, act="作废这个安置方案", who="本项目经办人或人事处"
    )
    require(scheme.adopted_at is None, SchemeIsOver, state="采用")
    scheme.withdrawn_at = timezone.now()
    record(scheme, by, reason, "withdrawn_at")
    return scheme


@transaction.atomic
def save_step(step: SchemeStep, *, by: Any, revision: int) -> SchemeStep:
    """Who does it, and when it was done with which proof. Raises NotYours, DayInFuture, Stale."""
    scheme = _live(step.scheme)
    require(permissions.may_edit_service(by, scheme.service), NotYours, act="办结这一步", who="本项目经办人或人事处")
    require(step.done_on is None or step.done_on <= timezone.localdate(), DayInFuture, what="办结日")
    hold_schemes()
    held = SchemeStep.objects.select_for_update(no_key=True).get(pk=step.pk)
    require_fresh(held, revision)
    is_turned = (held.done_on is None) is not (step.done_on is None)
    if is_turned:
        step.people = named_by(step) if step.done_on else {}
    words = f"办结：{step.evidence}" if step.done_on else "改责任部门或人"
    record(step, by, words[:100], "responsible", "done_on", "evidence", "file", "people")
    if is_turned:
        keep_checklists(by, words[:100])
    return step


def _live(scheme: TransitionScheme) -> TransitionScheme:
    held = TransitionScheme.objects.select_for_update(of=("self",), no_key=True).select_related("service")
    found = held.get(pk=scheme.pk)
    require(found.withdrawn_at is None, SchemeIsOver, state="作废")
    return found
