from django.apps import AppConfig


class StaffTransitionConfig(AppConfig):
    name = "staff_transition"
    verbose_name = "人员安置"
    triggers = {  # of 0012, 0023 and 0024, as SQLite and PostgreSQL have them (common.triggers): `verify_history` asks for them
        "staff_transition_lockedsettlement_frozen": ("75d9c1ac06a596ea", "3019df8cc4d6e38f"),
        "staff_transition_lockedsettlement_kept": ("735a02a962eabdfb", "24f611b99cc994b3"),
        "staff_transition_payment_frozen": ("5ea07e8bcaaf87e2", "b1fa77443064383f"),
        "staff_transition_payment_decided": ("58c01383f6364706", "75b97359a5164f88"),
        "staff_transition_payment_said": ("71f262afd0d7aef8", "cb51d5649c07799b"),
        "staff_transition_payment_returned": ("fad048c25f924c15", "83c69b73a24f310a"),
        "staff_transition_payment_kept": ("c9224bc5f44b013b", "b345c18173aef0d2"),
        "staff_transition_accountcheck_frozen": ("46016ae825f72887", "445e852d7b37d2f3"),
        "staff_transition_accountcheck_kept": ("4d921fb38b09e491", "0872974acfa9bb24"),
        "staff_transition_payment_stands": ("7e7e25a9eb1f8431", "f0913be10a352b03"),
        "staff_transition_lockedsettlement_unpaid": ("a627a94bd0bc1915", "74169096dcbd331f"),
        "staff_transition_confirmation_frozen": ("6d87821de399e86b", "8f9bdb5fac4bfb4d"),
        "staff_transition_confirmation_kept": ("5f1ac9d7ffdd3162", "5c75bb06573d1da7"),
        "staff_transition_workerlink_frozen": ("7138d44a810efb7e", "1d4c524e78874e24"),
        "staff_transition_workerlink_ended": ("06f2ee9c424fba66", "c7f1496f985729e6"),
        "staff_transition_workerlink_counted": ("8b253218b93d53f4", "85be40e739c53422"),
        "staff_transition_workerlink_kept": ("9190da24c3fb29ce", "f70d4f9caea05da7"),
    }

    def ready(self) -> None:
        from staff_transition import cases, importing, registrations  # noqa: F401 (job handlers)

        registrations.register()
        cases.register()
