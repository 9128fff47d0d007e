from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "外包方案"
    triggers = ("plans_planversion_append_only",)  # 0002; `verify_history` asks for it

    def ready(self) -> None:
        from plans import registrations

        registrations.register()
