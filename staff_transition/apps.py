from django.apps import AppConfig


class StaffTransitionConfig(AppConfig):
    name = "staff_transition"
    verbose_name = "人员安置"

    def ready(self) -> None:
        from staff_transition import cases, importing, registrations  # noqa: F401 (job handlers)

        registrations.register()
        cases.register()
