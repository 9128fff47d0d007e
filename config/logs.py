"""What must not stand in a log: the token of a worker's link is the key to a settlement as long as the link is open."""

import logging
import re

TOKEN = re.compile(r"(?<=/own/)[^/?\s]+|(?<=/)[\w-]{32}(?![\w-])")  # also where somebody put it under another path
MASK = "***"


class Masking(logging.Formatter):
    """Every line names the page and not the link, tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub(MASK, super().format(record))
