from django.apps import AppConfig


class StaffTransitionConfig(AppConfig):
    name = "staff_transition"
    verbose_name = "人员安置"
    triggers = (  # what 0012 puts in place; `verify_history` asks for them
        "staff_transition_lockedsettlement_frozen", "staff_transition_lockedsettlement_kept", "staff_transition_payment_frozen",
        "staff_transition_payment_decided", "staff_transition_payment_said", "staff_transition_payment_returned",
        "staff_transition_payment_kept", "staff_transition_accountcheck_frozen", "staff_transition_accountcheck_kept",
    )  # fmt: skip

    def ready(self) -> None:
        from staff_transition import cases, importing, registrations  # noqa: F401 (job handlers)

        registrations.register()
        cases.register()
