"""Looking through the parts of an .xlsx package before a reader fills rectangles with it.

Finds hidden rows, formulas stored without a result, error values, and cells far outside any table, which are cut out of
the sheet's XML; names what a marked copy could not keep. One pass of expat over each visible or hidden sheet.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from common.refusals import NotReadable
from staff_transition.roster.cells import address
from staff_transition.roster.workbook import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, SAVE_AGAIN, Book, Grid, position

SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
EPOCH_1904 = 1462
NAMED_FAR = 5
LOSSES = (
    (re.compile(r"xl/media/"), "图片"),
    (re.compile(r"xl/charts/"), "图表"),
    (re.compile(r"xl/pivotTables/"), "数据透视表"),
    (re.compile(r"xl/slicers/"), "切片器"),
    (re.compile(r"xl/ctrlProps/|xl/activeX/"), "控件"),
    (re.compile(r"xl/threadedComments/"), "批注的回复"),
    (re.compile(r"xl/externalLinks/"), "对别的文件的引用"),
)


@dataclass
class Look:
    """What one pass over a sheet's XML saw."""

    hidden_rows: set[int] = field(default_factory=set)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    far: list[str] = field(default_factory=list)
    cuts: list[tuple[int, int]] = field(default_factory=list)  # byte spans of far cells
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    has_extensions: bool = False


def look_through(content: bytes, read: Callable[[bytes], list[Grid]]) -> Book:
    """The book with everything its sheets' XML tells besides the values."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = _sheet_parts(package)
            looks = {part: look(package.read(part)) for part in parts.values()}
            trimmed = _without_far_cells(package, looks) if any(each.cuts for each in looks.values()) else content
            losses = _losses(package, looks.values())
            shift = EPOCH_1904 if re.search(rb'date1904="(1|true)"', package.read(_workbook_part(package))) else 0
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, ValueError) as error:
        raise NotReadable(why="文件的内部结构坏了，读不出来。", how=SAVE_AGAIN) from error
    grids = read(trimmed)
    for grid in grids:
        seen = looks.get(parts.get(grid.name, ""))
        if seen:
            grid.hidden_rows, grid.uncalculated = seen.hidden_rows, seen.uncalculated
            grid.broken, grid.far, grid.merged = seen.broken, seen.far, seen.merged
    return Book("xlsx", grids, shift, losses)


def _workbook_part(package: zipfile.ZipFile) -> str:
    return next(name for name in package.namelist() if name.lower() == "xl/workbook.xml")


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its part in the package."""
    names = {name.lower(): name for name in package.namelist()}
    targets = {}
    relations = names.get("xl/_rels/workbook.xml.rels", "")
    for attributes in _elements(package.read(relations), "Relationship"):
        target = attributes["Target"].lstrip("/")
        targets[attributes["Id"]] = target if target.startswith("xl/") else f"xl/{target}"
    parts = {}
    for attributes in _elements(package.read(_workbook_part(package)), "sheet"):
        relation = next((value for key, value in attributes.items() if key.endswith(":id") or key == "id"), "")
        part = names.get(targets.get(relation, "").lower())
        if part and SHEET_PART.fullmatch(part):
            parts[attributes["name"]] = part
    return parts


def _elements(xml: bytes, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    parser = _parser()
    parser.StartElementHandler = lambda tag, attributes: (
        found.append(attributes) if tag.rpartition(":")[2] == name else None
    )
    parser.Parse(xml, True)
    return found


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*declaration: object) -> None:
        raise NotReadable(why="文件里有不该有的 XML 声明。", how=SAVE_AGAIN)

    parser.StartDoctypeDeclHandler = refuse
    return parser


def look(xml: bytes) -> Look:
    """One pass over a sheet."""
    walk = _Walk(xml)
    walk.parser.Parse(xml, True)
    return walk.seen


class _Walk:
    """The handlers of the pass; keeps where it is. End tags are watched only inside cells that may need a word."""

    def __init__(self, xml: bytes):
        self.seen = Look()
        self.xml = xml
        self.row = self.column = -1
        self.cells = 0
        self.columns: dict[str, int] = {}  # letters → column, as far as met
        self.far_from: int | None = None  # byte where a far cell begins
        self.is_formula = False
        self.kind = ""
        self.text: list[str] = []
        self.parser = _parser()
        self.parser.StartElementHandler = self.start

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            self.seen.has_extensions |= tag.startswith("x14:")
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self.start_cell(attributes)
        elif tag == "v":
            if self.is_formula or self.kind == "e":
                self.parser.CharacterDataHandler = self.text.append
        elif tag == "f":
            self.is_formula = True
            self.watch()
        elif tag == "row":
            self.start_row(attributes)
        elif tag == "mergeCell":
            self.merge(attributes["ref"])

    def start_row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
        self.column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.seen.hidden_rows.add(self.row)

    def start_cell(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        if self.cells > MOST_CELLS:
            raise NotReadable(why="工作表里的单元格太多。", how="请只把花名册复制到新文件后再传。")
        self.is_formula = False
        self.kind = attributes.get("t", "")
        if "r" in attributes:
            self.go_to(attributes["r"])
        else:
            self.column += 1
        if self.row >= MOST_ROWS or self.column >= MOST_COLUMNS:
            self.far_from = self.parser.CurrentByteIndex
            self.watch()
        elif self.kind == "e":
            self.watch()

    def go_to(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        if letters not in self.columns:
            self.columns[letters] = position(reference)[1]
        self.row, self.column = int(reference[len(letters) :]) - 1, self.columns[letters]

    def watch(self) -> None:
        self.text = []
        self.parser.EndElementHandler = self.end

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "v":
            self.parser.CharacterDataHandler = None
        elif tag == "c":
            self.parser.EndElementHandler = None
            self.end_cell()

    def end_cell(self) -> None:
        place, text = (self.row, self.column), "".join(self.text).strip()
        if self.far_from is not None:
            self.cut(self.far_from)
        elif self.kind == "e":
            self.seen.broken[place] = text or "#N/A"
        elif not text and self.kind != "str":
            self.seen.uncalculated.add(place)

    def cut(self, begin: int) -> None:
        """Mark the bytes of a far cell for cutting; the first few are named."""
        end = self.xml.index(b">", self.parser.CurrentByteIndex) + 1
        self.seen.cuts.append((begin, end))
        self.far_from = None
        if len(self.seen.far) < NAMED_FAR:
            self.seen.far.append(address(self.row + 1, self.column))

    def merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        self.seen.merged.append((*position(first), *position(last or first)))


def _without_far_cells(package: zipfile.ZipFile, looks: dict[str, Look]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as copy:
        for name in package.namelist():
            content = package.read(name)
            cuts = looks[name].cuts if name in looks else []
            for first, end in reversed(cuts):
                content = content[:first] + content[end:]
            copy.writestr(name, content)
    return buffer.getvalue()


def _losses(package: zipfile.ZipFile, looks: Iterable[Look]) -> list[str]:
    names = package.namelist()
    losses = [label for pattern, label in LOSSES if any(pattern.match(name) for name in names)]
    return [*losses, "新版的条件格式和下拉列表"] if any(each.has_extensions for each in looks) else losses
