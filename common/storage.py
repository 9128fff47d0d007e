"""Where uploaded files lie on the disk."""

import os
import tempfile
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """A file under its name is whole: it is written beside it, flushed to the disk and then renamed.

    A full disk or a kill in between leaves what was there before; saving a name again puts the new bytes in its place.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, part = tempfile.mkstemp(suffix=".part", dir=path.parent)  # mode 600
        try:
            with os.fdopen(descriptor, "wb") as handle:
                for chunk in content.chunks():
                    handle.write(chunk)
                handle.flush()
                os.fsync(handle.fileno())
            Path(part).replace(path)
            folder = os.open(path.parent, os.O_RDONLY)
            os.fsync(folder)  # the new name itself
            os.close(folder)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
        return name
