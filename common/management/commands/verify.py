"""Check everything that can be checked: after every restore, and once a month."""

import sys
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Run all verify_* commands. Exit 0: everything is sound; 1: something is not, and the lines say what."

    def handle(self, **_: Any) -> None:
        sound = True
        for name in sorted(name for name in get_commands() if name.startswith("verify_")):
            try:
                call_command(name, stdout=self.stdout, stderr=self.stderr)
            except CommandError as error:
                self.stdout.write(str(error))
                sound = False
            except SystemExit:
                sound = False
        self.stdout.write("全部正常。" if sound else "有不正常的地方，见上。")
        if not sound:
            sys.exit(1)
