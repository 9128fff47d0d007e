from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "公文"

    def ready(self) -> None:
        from accounts import menu
        from documents import actions  # noqa: F401 (job handler)

        menu.add(menu.Entry("资料", "公文", "printer", "documents:documents", 10))
