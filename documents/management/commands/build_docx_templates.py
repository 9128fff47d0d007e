"""Build the .docx templates from documents.building into templates/docx/ (a development command)."""

import io
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from documents.building import TEMPLATES, parts_of


class Command(BaseCommand):
    help = "Build every .docx template again; a file that says what it said stays untouched. They are part of the repository."

    def handle(self, **_: Any) -> None:
        folder = settings.BASE_DIR / "templates" / "docx"
        for name, build in TEMPLATES.items():
            path = folder / f"{name}.docx"
            path.parent.mkdir(exist_ok=True)
            buffer = io.BytesIO()
            build().save(buffer)
            if path.exists() and parts_of(path) == parts_of(buffer):
                continue
            path.write_bytes(buffer.getvalue())
            self.stdout.write(f"{name}.docx")
