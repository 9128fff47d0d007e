from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProgrammeConfig(AppConfig):
    name = "programme"
    verbose_name = "服务项目"

    def ready(self) -> None:
        from programme import registrations
        from programme.seed import seed

        registrations.register()
        post_migrate.connect(seed, sender=self, dispatch_uid="programme.seed")
