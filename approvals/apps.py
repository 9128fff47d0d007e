from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ApprovalsConfig(AppConfig):
    name = "approvals"
    verbose_name = "审批"
    triggers = {"approvals_act_append_only": ("6acd9ca8fae0971b", "f5f8c9b37dcd5ac1")}  # 0002; see common.triggers

    def ready(self) -> None:
        from approvals import registrations
        from approvals.routes import seed

        registrations.register()
        post_migrate.connect(seed, sender=self, dispatch_uid="approvals.seed")
