"""Build the .docx templates from documents.building into templates/docx/ (a development command)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from documents.building import TEMPLATES


class Command(BaseCommand):
    help = "Build every .docx template again. The built files are part of the repository."

    def handle(self, **_: Any) -> None:
        folder = settings.BASE_DIR / "templates" / "docx"
        for name, build in TEMPLATES.items():
            path = folder / f"{name}.docx"
            path.parent.mkdir(exist_ok=True)
            build().save(path)
            self.stdout.write(f"{name}.docx")
