"""Opening a stranger's file in a child process with a memory limit and a time limit.

A workbook of 5 kB can make a reader ask for 512 GiB and abort; a child that dies is an error of the file, in words,
and nobody else notices. Parent and child speak JSON and bytes; the child never unpickles and never sees the database.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from common.refusals import NotReadable
from staff_transition.roster.workbook import Book, Grid

ROOT = Path(__file__).resolve().parents[2]
MEMORY_BYTES = 1024 * 2**20  # 10,000 people take 300 MB
WRITTEN_BYTES = {"read": 0, "mark": 500 * 2**20}  # openpyxl puts each sheet into a temporary file before it packs it
CPU_SECONDS = 60
WAIT_SECONDS = 90
REFUSED = 3  # exit code of a child that says why
COMMAND = ("-m", "staff_transition.roster.child")


def read_book_safely(content: bytes, kind: str) -> Book:
    """The book of a file. Raises NotReadable when it cannot be read within the limits."""
    return unpack(json.loads(run("read", {"kind": kind}, content)))


def mark_safely(content: bytes, marks: dict[str, Any]) -> bytes:
    """The user's own workbook with `marks` written into it (marked.py). Raises NotReadable."""
    return run("mark", marks, content)


def run(task: str, arguments: dict[str, Any], content: bytes) -> bytes:
    """Do one task of child.py: a line of JSON and the file go in, bytes come out."""
    command = [sys.executable, *COMMAND, task]
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1",
                   "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}  # fmt: skip
    line = json.dumps(arguments, ensure_ascii=True).encode() + b"\n"
    try:
        done = subprocess.run(  # noqa: S603 (our own module, no shell)
            command, input=line + content, capture_output=True, timeout=WAIT_SECONDS, env=environment, cwd=ROOT, check=False
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _too_much() from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode == REFUSED:
        said = json.loads(done.stdout)
        raise NotReadable(why=said["why"], how=said["how"])
    raise _too_much()


def _too_much() -> NotReadable:
    return NotReadable(
        why="文件太大或内部异常，读它会占用过多内存或时间，已停止。",
        how="请只把花名册那张表复制到新的工作簿（不要复制整列、整行），另存为 .xlsx 后再传。",
    )


def pack(book: Book) -> dict[str, Any]:
    """A book as JSON; dates are wrapped, because JSON has none."""
    return {
        "kind": book.kind, "shift": book.epoch_shift, "losses": book.losses,
        "grids": [
            {
                "name": grid.name, "hidden": grid.is_hidden, "hidden_rows": sorted(grid.hidden_rows),
                "merged": grid.merged, "uncalculated": sorted(grid.uncalculated), "far": grid.far,
                "broken": [[*place, text] for place, text in grid.broken.items()],
                "rows": [[_wrap(cell) for cell in row] for row in grid.rows],
            }
            for grid in book.grids
        ],
    }  # fmt: skip


def unpack(packed: dict[str, Any]) -> Book:
    grids = [
        Grid(
            each["name"], [[_unwrap(cell) for cell in row] for row in each["rows"]], each["hidden"],
            set(each["hidden_rows"]),
            None if each["merged"] is None else [(a, b, c, d) for a, b, c, d in each["merged"]],
            {(row, column) for row, column in each["uncalculated"]},
            {(row, column): text for row, column, text in each["broken"]}, each["far"],
        )
        for each in packed["grids"]
    ]  # fmt: skip
    return Book(packed["kind"], grids, packed["shift"], packed["losses"])


def _wrap(cell: Any) -> Any:
    return cell if cell is None or isinstance(cell, (str, int, float)) else [cell.isoformat()]


def _unwrap(cell: Any) -> Any:
    from datetime import date, datetime

    if not isinstance(cell, list):
        return cell
    return datetime.fromisoformat(cell[0]) if "T" in cell[0] else date.fromisoformat(cell[0])
