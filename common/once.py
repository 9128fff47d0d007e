"""One filled-in form makes one thing: sent again (a second tab, a lost answer, a double click) it gives what is there.

The form carries a token drawn when its page was; the same token with the same words is the same form. Two equal things that are
meant come from two pages. A refusal undoes the token with everything else, so that the form may be sent again.
"""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.db import models, transaction
from django.http import QueryDict

from common.models import SentForm

TOKEN = "token"  # noqa: S105 (the name of a field)
Made = TypeVar("Made", bound=models.Model)


def once(data: QueryDict, make: Callable[[], Made]) -> Made:
    """What `make` makes of the form that was sent, made once. A form without a token is made each time."""
    if not data.get(TOKEN):
        return make()
    with transaction.atomic():
        sent, is_new = SentForm.objects.get_or_create(key=_key(data))  # who comes second waits here for the first
        if not is_new:
            return _there(sent)
        made = make()
        SentForm.objects.filter(pk=sent.pk).update(model=made._meta.label, made=made.pk)
        return made


def _key(data: QueryDict) -> str:
    said = [f"{name}={value}" for name in sorted(data) if name != "csrfmiddlewaretoken" for value in data.getlist(name)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _there(sent: SentForm) -> Any:
    return apps.get_model(sent.model)._default_manager.get(pk=sent.made)
