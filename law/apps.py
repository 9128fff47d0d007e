from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LawConfig(AppConfig):
    name = "law"
    verbose_name = "参数与依据"

    def ready(self) -> None:
        from law import registrations
        from law.seed import seed

        registrations.register()

        post_migrate.connect(seed, sender=self, dispatch_uid="law.seed")
