"""Filling templates in a sandbox, the layout of the standard, keeping papers, their PDF."""

import io
import re
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from docx import Document as Docx
from docx.shared import Mm

from accounts.models import AccessRecord, Unit, User
from common import jobs
from documents import actions, pdf
from documents.building import TEMPLATES, parts_of
from documents.errors import BadNumber, BadTemplate, FactMissing, NoConverter, NotConverted, NotForYou, NumberTaken
from documents.models import Document
from documents.registry import PAPERS, Paper, Source
from documents.rendering import check, render

FOLDER = settings.BASE_DIR / "templates" / "docx"


def template(tmp_path: Path, *texts: str) -> Path:
    made = Docx()
    for text in texts:
        made.add_paragraph(text)
    made.save(tmp_path / "t.docx")
    return tmp_path / "t.docx"


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Docx(io.BytesIO(content)).paragraphs]


def test_values_are_written_as_people_write_them(tmp_path):
    path = template(
        tmp_path, "{{ amount | yuan }} {{ amount | rmb }}", "{{ amount | wan }}", "{{ day | cndate }} {{ 11 | cnnum }}"
    )
    found = texts(render(path, {"amount": Decimal("4608000"), "day": date(2026, 1, 5)}))
    assert found == ["4,608,000.00 肆佰陆拾万捌仟元整", "460.80", "2026年1月5日 十一"]


@pytest.mark.parametrize(
    "text", ["甲&乙<丙>物业", "<w:t>假</w:t>", "{{ amount }}", "{% for x in y %}", "&lt;", "𬭎㛃䶮 ㎡", "'\"><script>"]
)
def test_what_people_type_stays_text(tmp_path, text):
    path = template(tmp_path, "前{{ name }}后")
    assert texts(render(path, {"name": text})) == [f"前{text}后"]


@pytest.mark.parametrize("tag", ["{{ nmae }}", "{{ person.age }}", "{{ empty }}", "{{ empty | rmb }}"])
def test_a_missing_value_stops_the_paper(tmp_path, tag):
    with pytest.raises(FactMissing):
        render(template(tmp_path, tag), {"name": "x", "person": {}, "empty": None})


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__ }}", "{{ cycler.__init__.__globals__ }}", "{% import 'os' as os %}", "{% include '/etc/passwd' %}",
        "{{ self._TemplateReference__context }}", "{{ name.format.__globals__ }}", "{% for x in %}",
    ],
)  # fmt: skip
def test_a_template_cannot_leave_its_sandbox(tmp_path, tag):
    with pytest.raises((BadTemplate, FactMissing)):
        render(template(tmp_path, tag), {"name": "x"})


def test_no_object_with_methods_reaches_a_template(tmp_path):
    path = template(tmp_path, "x")
    with pytest.raises(TypeError, match=r"people\[0\] is a User"):
        render(path, {"people": [User()]})


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_kept_template_is_the_one_that_the_code_builds(name):
    buffer = io.BytesIO()
    TEMPLATES[name]().save(buffer)
    assert parts_of(buffer) == parts_of(FOLDER / f"{name}.docx"), "run manage.py build_docx_templates"


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_space_stands_beside_a_date(name):
    text = "\n".join(texts((FOLDER / f"{name}.docx").read_bytes()))
    assert not re.search(r" \{\{ \w+ \| cndate|cndate \}\} ", text)


def test_the_table_of_papers_names_every_one_that_can_be_made():
    told = (settings.BASE_DIR / "docs" / "documents.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| ([^|]+) \| ([^|]+\.docx) \|", told, re.MULTILINE))
    assert {template for _, template in rows} == {f"{name}.docx" for name in TEMPLATES}
    made_here = {each.template: each.label for each in PAPERS.values()}
    assert {template: label for label, template in rows} == made_here


def test_building_again_touches_only_what_says_something_new(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates" / "docx").mkdir(parents=True)
    said = io.StringIO()
    call_command("build_docx_templates", stdout=said)
    assert set(said.getvalue().split()) == {f"{name}.docx" for name in TEMPLATES}
    said = io.StringIO()
    Docx().save(tmp_path / "templates" / "docx" / "plan.docx")
    call_command("build_docx_templates", stdout=said)
    assert said.getvalue().split() == ["plan.docx"]


def test_the_page_is_that_of_the_standard():
    section = Docx(FOLDER / "qingshi.docx").sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    for margin, millimetres in zip(margins, (37, 35, 28, 26), strict=True):
        assert abs(margin - Mm(millimetres)) < Mm(1)
    xml = zipfile.ZipFile(FOLDER / "qingshi.docx").read("word/document.xml").decode()
    assert 'w:linePitch="579"' in xml
    assert 'w:eastAsia="方正小标宋简体"' in xml
    assert "签发人：" in xml
    assert "w:evenAndOddHeaders" in zipfile.ZipFile(FOLDER / "qingshi.docx").read("word/settings.xml").decode()


# keeping papers


@pytest.fixture
def paper(monkeypatch, cast):
    """An official paper that the officer may print; `paper.digest` is that of its data."""
    state = {"digest": "1" * 64, "title": "关于环卫服务外包的请示"}
    context = {
        "unit": "后勤保障处", "signer": "郑国安", "title": "关于环卫服务外包的请示", "addressee": "学校", "day": date(2026, 11, 25),
        "parts": [{"heading": "一、理由", "paragraphs": ["甲&乙<丙>物业。"]}], "contact": "周雨桐", "phone": "0712-1",
        "attachments": [{"mark": "附件：", "name": "方案"}],
    }  # fmt: skip
    made = Paper(
        "test", "请示", "qingshi.docx", lambda pk: Source(state["title"], context, "V1", state["digest"], cast.logistics),
        lambda user, pk: user == cast.officer, is_official=True,
    )  # fmt: skip
    monkeypatch.setitem(PAPERS, "test", made)
    return state


def test_the_same_data_gives_the_same_paper_and_new_data_another(paper, cast):
    one = actions.produce("test", 1, by=cast.officer)
    assert actions.produce("test", 1, by=cast.officer) == one
    paper["digest"] = "2" * 64
    assert actions.produce("test", 1, by=cast.officer) != one
    assert "　　〔2026〕　号\t签发人：郑国安" in texts(one.file.read())


def test_what_is_as_before_after_another_paper_is_a_new_one(paper, cast):
    """The one in between says that it replaces the first: the first is not handed out again as if nothing had been."""
    made = []
    for digest in "1212":
        paper["digest"] = digest * 64
        made.append(actions.produce("test", 1, by=cast.officer))
        assert actions.produce("test", 1, by=cast.officer) == made[-1]
    assert len({each.pk for each in made}) == 4
    numbered = actions.produce("test", 1, by=cast.officer, number="楚云职院后〔2026〕12号")
    paper["digest"] = "3" * 64
    actions.produce("test", 1, by=cast.officer)
    paper["digest"] = "2" * 64
    assert actions.produce("test", 1, by=cast.officer, number="楚云职院后〔2026〕12号") == numbered


def test_the_older_paper_of_the_same_subject_says_which_one_replaced_it(paper, cast, client):
    made = []
    for digest, subject in (("1", 1), ("2", 1), ("3", 1), ("1", 2)):
        paper["digest"] = digest * 64
        made.append(actions.produce("test", subject, by=cast.officer))
    client.force_login(cast.officer)
    page = client.get(reverse("documents:documents")).content.decode()
    rows = {each.pk: row for each in made for row in page.split("<tr>") if f'/{each.pk}/" data-row' in row}
    newest = f'<a href="{reverse("documents:document", args=[made[2].pk])}">'
    for each in made[:2]:
        assert "已被" in rows[each.pk]
        assert newest in rows[each.pk]
        assert newest in client.get(reverse("documents:document", args=[each.pk])).content.decode()
    for each in made[2:]:
        assert "已被" not in rows[each.pk]
    Document.objects.filter(pk=made[2].pk).update(unit=Unit.objects.exclude(pk=cast.logistics.pk).first())
    page = client.get(reverse("documents:documents")).content.decode()
    assert page.count("已被") == 2  # who moved to another unit took the paper along: named, not linked
    assert newest not in page


def test_a_number_is_checked_for_form_and_use(paper, cast):
    for wrong in ("后勤[2026]1号", "后勤〔2026〕01号", "后勤〔26〕1号"):
        with pytest.raises(BadNumber):
            actions.produce("test", 1, by=cast.officer, number=wrong)
    assert actions.produce("test", 1, by=cast.officer, number="楚云职院后〔2026〕12号").number
    with pytest.raises(NumberTaken):
        actions.produce("test", 2, by=cast.officer, number="楚云职院后〔2026〕12号")


def test_only_those_who_draft_print(paper, cast, client):
    with pytest.raises(NotForYou):
        actions.produce("test", 1, by=cast.hr)
    client.force_login(cast.officer)
    assert client.post(reverse("documents:make", args=["test", 1])).status_code == 302
    assert client.post(reverse("documents:make", args=["nothing", 1])).status_code == 404


def test_papers_about_persons_are_sealed_scoped_and_leave_a_trace(document, cast, client):
    with document.file.content.open("rb") as stored:
        assert b"PK test" not in stored.read()
    url = reverse("documents:download", args=[document.pk, "docx"])
    client.force_login(cast.procurement)
    assert client.get(url).status_code == 404
    client.force_login(cast.hr)
    response = client.get(url)
    assert response.content == b"PK test"
    assert "filename*=UTF-8''%E6%B5%8B" in response["Content-Disposition"]
    assert AccessRecord.objects.get().subject == "下载公文《测算表》"


def test_the_list_costs_the_same_queries_for_many(document, cast, client, django_assert_max_num_queries):
    client.force_login(cast.hr)
    url = reverse("documents:documents")
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    Document.objects.bulk_create(
        Document(
            kind="x",
            title="x",
            subject_id=n // 2,
            source="V1",
            digest=str(n),
            unit=cast.logistics,
            file=document.file,
            made_by=cast.officer,
        )
        for n in range(120)
    )
    with django_assert_max_num_queries(len(few)):
        assert "下一页" in client.get(url).content.decode()


# PDF


def test_without_the_converter_the_user_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    with pytest.raises(NoConverter, match="没有安装 LibreOffice"):
        pdf.to_pdf(b"x")


def test_a_converter_that_hangs_is_tried_twice_and_given_up(monkeypatch):
    calls = []

    def hang(*args, **kwargs):
        calls.append(args)
        raise subprocess.TimeoutExpired("soffice", 1)

    monkeypatch.setattr(pdf.shutil, "which", lambda name: "/usr/bin/soffice")
    monkeypatch.setattr(pdf.subprocess, "run", hang)
    with pytest.raises(NotConverted):
        pdf.to_pdf(b"x")
    assert len(calls) == 2


def test_what_the_converter_says_is_logged_and_its_cache_is_made_for_everybody(monkeypatch, tmp_path, caplog):
    program = tmp_path / "soffice"
    program.write_text('#!/bin/sh\necho "umask $(umask)" >&2; exit 7\n')
    program.chmod(0o700)
    monkeypatch.setattr(pdf.shutil, "which", lambda name: str(program))
    with pytest.raises(NotConverted):
        pdf.to_pdf(b"x")
    assert "(7): umask 0022" in caplog.text


@pytest.mark.skipif(pdf.shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_real_paper_becomes_a_real_pdf(paper, cast):
    document = actions.produce("test", 1, by=cast.officer)
    actions.begin_pdf(document, by=cast.officer)
    document.refresh_from_db()
    jobs.deliver.call(document.job_id)
    document.refresh_from_db()
    assert document.pdf.read().startswith(b"%PDF-")
    actions.pdf_job(document.job)  # delivered twice: the same PDF
    assert Document.objects.get(pk=document.pk).pdf_id == document.pdf_id


def test_a_tag_that_the_template_left_over_is_noticed_beside_typed_braces(tmp_path):
    path = template(tmp_path, "{{ name }}")
    content = render(path, {"name": "{{ 手写 }}"})
    check(content, "t.docx", ["{{ 手写 }}"])
    with pytest.raises(BadTemplate, match="留有"):
        check(content, "t.docx")


@pytest.mark.parametrize("text", ["劳务\x01公司{{7*7}}", "第一行 {{\n第二行 }}", "{{\t甲 }}", "{", "{{"])
def test_braces_that_people_typed_stop_no_paper_however_they_are_written(tmp_path, text):
    render(template(tmp_path, "{{ name }}{{ name }}"), {"name": text})
