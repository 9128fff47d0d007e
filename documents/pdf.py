"""A .docx as PDF by LibreOffice: a profile of its own for each run, a time limit, one more try."""

import logging
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from documents.errors import NoConverter, NotConverted

logger = logging.getLogger(__name__)

SECONDS = 90
READABLE = (
    0o022  # LibreOffice keeps a cache for all accounts of the machine: made for one alone it shuts out the others
)
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
            done = subprocess.run(  # noqa: S603
                command, capture_output=True, timeout=SECONDS, check=False, env=environment, umask=READABLE
            )
        except subprocess.TimeoutExpired:
            logger.warning("LibreOffice took longer than %s seconds", SECONDS)
            return None
        made = Path(folder) / "paper.pdf"
        pdf = made.read_bytes() if made.exists() else b""
        if pdf.startswith(b"%PDF-"):
            return pdf
        logger.warning(
            "LibreOffice made no PDF (%s): %s", done.returncode, done.stderr.decode(errors="replace")[-2000:]
        )
        return None
