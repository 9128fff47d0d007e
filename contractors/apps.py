from django.apps import AppConfig


class ContractorsConfig(AppConfig):
    name = "contractors"
    verbose_name = "承包商与合同"

    def ready(self) -> None:
        from contractors import registrations

        registrations.register()
