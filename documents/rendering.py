"""Filling a .docx template with plain data, in a sandbox: templates are data, and user text never becomes XML."""

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from common.money import words
from common.numerals import document_date, heading_numeral
from documents.errors import BadTemplate, FactMissing

PLAIN = (str, int, bool, Decimal, date)
BRACES = re.compile(r"[{}]")
UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")  # what a document writes otherwise than it was typed, or not at all
LEFT_OVER = re.compile(r"\{\{|\{%|\}\}|%\}")
WAN = 10_000


def render(template: Path, context: Mapping[str, Any]) -> bytes:
    """The filled document. Raises FactMissing for a value that is not there, BadTemplate for a template that cannot be filled."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError, UndefinedError
    from jinja2.exceptions import SecurityError

    require_plain(context)
    document = DocxTemplate(template)
    try:
        document.render(dict(context), jinja_env=_environment(), autoescape=True)
    except (UndefinedError, _Missing) as error:
        raise FactMissing(what=str(error)) from None
    except (TemplateError, SecurityError) as error:
        raise BadTemplate(name=template.name, why=str(error)) from None
    buffer = io.BytesIO()
    document.save(buffer)
    content = buffer.getvalue()
    check(content, template.name, texts_of(context))
    return content


def paragraphs_of(content: bytes) -> list[str]:
    """The text of a filled document for a page that shows it: what is read there cannot differ from what is printed."""
    from docx import Document

    return [text for each in Document(io.BytesIO(content)).paragraphs if (text := each.text.strip())]


def texts_of(value: Any) -> Iterator[str]:
    """Every text in the context, however deep."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from texts_of(each)
    elif isinstance(value, str):
        yield value


def require_plain(value: Any, where: str = "") -> None:
    """Only text, numbers, days, lists and mappings reach a template: no object with methods that act. Raises TypeError."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            require_plain(each, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for index, each in enumerate(value):
            require_plain(each, f"{where}[{index}]")
    elif value is not None and not isinstance(value, PLAIN):
        raise TypeError(f"{where.lstrip('.')} is a {type(value).__name__}, not plain data")


class _Missing(Exception):
    """A None came where a value belongs."""


def _given(value: Any) -> Any:
    if value is None:
        raise _Missing("有一处资料是空的")
    return value


def _environment() -> Any:
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        loader=DictLoader({}), undefined=StrictUndefined, finalize=_given, autoescape=True
    )
    environment.filters.update(
        rmb=lambda amount: words(_given(amount)), yuan=lambda amount: "—" if amount is None else f"{amount:,.2f}",
        wan=lambda amount: f"{_given(amount) / WAN:,.2f}", cndate=lambda day: document_date(_given(day)), cnnum=heading_numeral,
        dash=lambda value: "—" if value in (None, "") else value,
    )  # fmt: skip
    return environment


def check(content: bytes, name: str, typed: Iterable[str] = ()) -> None:
    """Nothing of the template's language is left in the finished document, but what people typed themselves. Raises BadTemplate."""
    own = sorted({UNSEEN.sub("", text) for text in typed if BRACES.search(text)}, key=len, reverse=True)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.namelist():
            if part.startswith("word/") and part.endswith(".xml"):
                text = UNSEEN.sub("", html.unescape(re.sub(r"<[^>]+>", "", package.read(part).decode("utf-8"))))
                for words in own:
                    text = text.replace(
                        words, "\0"
                    )  # a sign of its own: what stands left and right does not grow together
                if found := LEFT_OVER.search(text):
                    raise BadTemplate(name=name, why=f"{part} 里留有 {found[0]}")
