from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "外包方案"

    def ready(self) -> None:
        from plans import registrations

        registrations.register()
