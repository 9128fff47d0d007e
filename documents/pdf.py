"""A .docx as PDF by LibreOffice: a profile of its own for each run, a time limit, one more try."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from documents.errors import NoConverter, NotConverted

SECONDS = 90
TRIES = 2
FONTS = Path(__file__).parent / "fonts.conf"  # the desktop names of Chinese fonts, led to what a server has


def to_pdf(content: bytes) -> bytes:
    """The PDF. Raises NoConverter where LibreOffice is not installed, NotConverted where it fails twice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NoConverter
    for _ in range(TRIES):
        if pdf := _converted(program, content):
            return pdf
    raise NotConverted


def _converted(program: str, content: bytes) -> bytes | None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        environment = os.environ | {"FONTCONFIG_FILE": str(FONTS), "HOME": folder}
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=environment)  # noqa: S603
        except subprocess.TimeoutExpired:
            return None
        made = Path(folder) / "paper.pdf"
        pdf = made.read_bytes() if made.exists() else b""
        return pdf if pdf.startswith(b"%PDF-") else None
