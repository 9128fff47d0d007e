"""The child process of limited.py: `python -m staff_transition.roster.child read|mark`, file on stdin, answer on stdout.

Sets its own limits before it opens anything; knows nothing of Django, the database or the keys.
"""

import json
import resource
import sys
from collections.abc import Callable
from typing import Any

from common.refusals import NotReadable
from staff_transition.roster import limited


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (limited.MEMORY_BYTES, limited.MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limited.CPU_SECONDS, limited.CPU_SECONDS))
    written = limited.WRITTEN_BYTES[sys.argv[1]]
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    arguments = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        answer = TASKS[sys.argv[1]](content, arguments)
    except NotReadable as refusal:
        sys.stdout.write(json.dumps({"why": str(refusal), "how": refusal.remedy}))
        return limited.REFUSED
    sys.stdout.buffer.write(answer)
    return 0


def read(content: bytes, arguments: dict[str, Any]) -> bytes:
    from staff_transition.roster.workbook import read_book

    return json.dumps(limited.pack(read_book(content, arguments["kind"])), ensure_ascii=False).encode()


def mark(content: bytes, arguments: dict[str, Any]) -> bytes:
    from staff_transition.roster.marked import marked_copy

    return marked_copy(content, arguments)


TASKS: dict[str, Callable[[bytes, dict[str, Any]], bytes]] = {"read": read, "mark": mark}

if __name__ == "__main__":
    sys.exit(main())
