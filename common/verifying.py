"""What every verify_* command shares: it looks at what is kept, says each fault in a line, and exits 1 when there is one."""

import json
import sys
from abc import ABC, abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.fields import Undecryptable

Faults = list[dict[str, Any]]


class VerifyCommand(BaseCommand, ABC):
    """Subclasses give `look` and the words. Whatever is called verify_* is run by `verify` too."""

    line = "{what}"  # one fault, filled with its facts
    summary = ""  # filled with the counts of `look` and the number of faults

    @abstractmethod
    def look(self) -> tuple[dict[str, int], Faults]:
        """How many things of each kind were looked at, and what does not fit."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, as_json: bool, **_: Any) -> None:
        try:
            counts, faults = self.look()
        except Undecryptable as error:
            raise CommandError(str(error)) from None
        if as_json:
            self.stdout.write(json.dumps(counts | {"faults": faults}, ensure_ascii=False, default=str))
        else:
            for fault in faults:
                self.stdout.write(self.line.format(**fault))
            self.stdout.write(self.summary.format(**counts, faults=len(faults)))
        if faults:
            sys.exit(1)
