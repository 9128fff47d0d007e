"""GB/T 9704-2012 in python-docx: page, fonts, and the kinds of paragraph that official papers are made of.

Numbers in twips and half-points stand with what they mean; docs/documents.md gives the measurements behind them. Fonts carry the
names that Word and WPS know on Chinese desktops.
"""

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FANGSONG, HEITI, KAITI, XIAOBIAOSONG, SONGTI = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
LATIN = "Times New Roman"
BODY_SIZE, TITLE_SIZE, PAGE_NUMBER_SIZE = 16, 22, 14  # 三号, 二号, 四号
LINE_PITCH = 579  # twips: 22 lines to the page; 580 would give 21
CHARACTER_SPACING = -5  # twentieths of a point: 28 characters to the line
RED = RGBColor(0xFF, 0, 0)
CENTER, LEFT, RIGHT, BOTH = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


def page(landscape: bool = False) -> Any:
    """An empty document with the standard's page, grid and page numbers."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
            Mm(28),
            Mm(26),
            Mm(22),
            Mm(22),
        )
    section.footer_distance = Mm(25) if not landscape else Mm(15)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(grid)
    _normal(document)
    _page_numbers(document, section)
    return document


def _normal(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.size = Pt(BODY_SIZE)
    _fonts(style.element.get_or_add_rPr(), FANGSONG)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = Pt(LINE_PITCH / 20)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(CHARACTER_SPACING))
    style.element.get_or_add_rPr().append(spacing)


def _fonts(properties: Any, east_asian: str) -> None:
    """All four slots of a run: python-docx alone sets the Latin ones, and Chinese would fall back."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for slot in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(slot), LATIN)
    fonts.set(qn("w:eastAsia"), east_asian)
    fonts.set(qn("w:hint"), "eastAsia")
    properties.insert(0, fonts)


def _page_numbers(document: Any, section: Any) -> None:
    """— 1 — in 四号宋体: odd pages right, even pages left, one character clear."""
    document.settings.odd_and_even_pages_header_footer = True
    for footer, alignment, side in ((section.footer, RIGHT, "right"), (section.even_page_footer, LEFT, "left")):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        setattr(paragraph.paragraph_format, f"{side}_indent", Pt(PAGE_NUMBER_SIZE))
        write(paragraph, "— ", SONGTI, PAGE_NUMBER_SIZE)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = write(paragraph, "", SONGTI, PAGE_NUMBER_SIZE)
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            run._r.append(element)
        write(paragraph, " —", SONGTI, PAGE_NUMBER_SIZE)


def write(
    paragraph: Any, text: str, font: str = FANGSONG, size: float = BODY_SIZE, *, bold: bool = False, color: Any = None
) -> Any:
    """A run with every font slot set."""
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    if color is not None:
        run.font.color.rgb = color
    _fonts(run._r.get_or_add_rPr(), font)
    return run


def line(
    document: Any,
    text: str = "",
    font: str = FANGSONG,
    size: float = BODY_SIZE,
    alignment: Any = LEFT,
    *,
    bold: bool = False,
) -> Any:
    """A paragraph without indent."""
    paragraph = document.add_paragraph()
    paragraph.alignment = alignment
    if text:
        write(paragraph, text, font, size, bold=bold)
    return paragraph


def body(document: Any, text: str, font: str = FANGSONG) -> Any:
    """A paragraph of the text: two characters in."""
    paragraph = line(document, text, font, alignment=BOTH)
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), str(BODY_SIZE * 2 * 20))
    return paragraph


def exact(paragraph: Any, points: float) -> Any:
    """A pitch of its own, off the page's grid: for small type and big titles, which the grid would stretch to its lines."""
    paragraph.paragraph_format.line_spacing = Pt(points)
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    properties = paragraph._p.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(snap)
    return paragraph


def small(document: Any, text: str, size: float = 10.5) -> Any:
    """A line around a table: labels, sums, signatures."""
    return exact(line(document, text, size=size), size + 9)


def title(document: Any, text: str, size: float = TITLE_SIZE) -> Any:
    """二号小标宋, centred, its own pitch so that a big line does not take two of the grid."""
    paragraph = line(document, text, XIAOBIAOSONG, size, CENTER)
    return exact(paragraph, size + 10)


def tag(document: Any, text: str) -> Any:
    """A paragraph that holds a template tag and vanishes when it is filled."""
    return line(document, text)


def red_line(paragraph: Any) -> None:
    """The separator under the number: 1.5 pt red, as wide as the text."""
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "FF0000")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    paragraph._p.get_or_add_pPr().append(border)


def table(document: Any, heads: Sequence[str], widths: Sequence[float], size: float = 10.5) -> Any:
    """A bordered table whose head row repeats on every page; widths in mm, explicit, so that WPS and Word agree."""
    made = document.add_table(rows=1, cols=len(heads))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for index, width in enumerate(widths):
        made.columns[index].width = Mm(width)
    for index, head in enumerate(heads):
        cell(made.rows[0].cells[index], head, widths[index], HEITI, size, CENTER)
    _mark_row(made.rows[0], "w:tblHeader")
    return made


def row(
    made: Any,
    texts: Sequence[str],
    widths: Sequence[float],
    size: float = 10.5,
    numbers: Sequence[int] = (),
    font: str = FANGSONG,
) -> Any:
    """A row that does not break across pages; columns in `numbers` are right aligned."""
    added = made.add_row()
    _mark_row(added, "w:cantSplit")
    for index, text in enumerate(texts):
        cell(added.cells[index], text, widths[index], font, size, RIGHT if index in numbers else LEFT)
    return added


def tag_row(made: Any, text: str) -> Any:
    """A row that holds a loop's tag and vanishes."""
    added = made.add_row()
    merged = added.cells[0].merge(added.cells[-1])
    merged.paragraphs[0].add_run(text)
    return added


def wide_row(made: Any, text: str, width: float, size: float = 10.5, font: str = FANGSONG) -> Any:
    """A row of one cell over all columns, kept with the row under it."""
    added = made.add_row()
    _mark_row(added, "w:cantSplit")
    cell(added.cells[0].merge(added.cells[-1]), text, width, font, size, LEFT)
    return keep_row(added)


def keep_row(added: Any) -> Any:
    """On the page of what follows: the next row, or the paragraph behind the table."""
    for each in added.cells:
        each.paragraphs[0].paragraph_format.keep_with_next = True
    return added


def closing_row(made: Any, texts: Sequence[str], width: float) -> Any:
    """What closes the list and the signatures, as a row without a frame: LibreOffice keeps rows together, a paragraph behind a
    table that runs over pages it does not."""
    added = made.add_row()
    _mark_row(added, "w:cantSplit")
    target = added.cells[0].merge(added.cells[-1])
    target.width = Mm(width)
    frame = OxmlElement("w:tcBorders")
    for side in ("left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:val"), "nil")
        frame.append(edge)
    target._tc.get_or_add_tcPr().append(frame)
    write(target.paragraphs[0], texts[0])
    for text in texts[1:]:
        line(target, text, alignment=RIGHT)
    return added


def narrow_margins(made: Any, millimetres: float = 1) -> None:
    """Less air at the sides of every cell, for a list with many columns."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(Mm(millimetres).twips)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    made._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def cell(target: Any, text: str, width: float, font: str, size: float, alignment: Any) -> None:
    target.width = Mm(width)
    paragraph = target.paragraphs[0]
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    write(exact(paragraph, size + 4), text, font, size)


def _mark_row(target: Any, mark: str) -> None:
    target._tr.get_or_add_trPr().append(OxmlElement(mark))


def page_break(document: Any) -> None:
    from docx.enum.text import WD_BREAK

    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
