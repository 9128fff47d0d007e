from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "外包方案"
    triggers = {"plans_planversion_append_only": ("611fd67b52c059ea", "cb99df3e526ec1d2")}  # 0002; see common.triggers

    def ready(self) -> None:
        from plans import registrations

        registrations.register()
