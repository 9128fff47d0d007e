from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "人员与部门"

    def ready(self) -> None:
        from accounts import registrations

        registrations.register()
        # Django's own receiver saves the person, which would write an entry without a change into the history
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(_signed_in, dispatch_uid="accounts.signed_in")


def _signed_in(sender: Any, user: Any, **more: Any) -> None:
    type(user).objects.filter(pk=user.pk).update(last_login=timezone.now())
