from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ApprovalsConfig(AppConfig):
    name = "approvals"
    verbose_name = "审批"
    triggers = ("approvals_act_append_only",)  # 0002; `verify_history` asks for it

    def ready(self) -> None:
        from approvals import registrations
        from approvals.routes import seed

        registrations.register()
        post_migrate.connect(seed, sender=self, dispatch_uid="approvals.seed")
