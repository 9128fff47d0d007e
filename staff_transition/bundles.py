"""All papers of a scheme's people in one ZIP, made in the background, with names that a person can sort."""

import io
import re
import zipfile
from collections import Counter
from typing import Any

from django.utils import timezone

from common import jobs
from common.models import Job, StoredFile
from common.refusals import DomainError, NotYours, require
from documents.actions import produce
from staff_transition.errors import NothingLocked
from staff_transition.facts import Setting, people
from staff_transition.models import LockedSettlement, TransitionScheme, Worker
from staff_transition.papers import may_make_for_scheme, papers_of, papers_of_scheme

BUNDLE = "staff.bundle"
MEDIA_TYPE = "application/zip"
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # what Windows takes in no name
LONGEST = 80


def begin_bundle(scheme: TransitionScheme, *, by: Any) -> Job:
    """Have the ZIP made. While one is being made that one is given; a click after its end begins the next one.

    Papers hang on more than the frozen results (offers, contracts, budget, account, the college): each ZIP is looked through
    anew, and papers that did not change are not made again (documents.actions.produce). Raises NotYours, NothingLocked.
    """
    require(may_make_for_scheme(by, scheme.pk), NotYours, act="生成全部文书", who="本项目经办人或人事处")
    require(
        LockedSettlement.objects.live().filter(worker__service=scheme.service).exists(),
        NothingLocked,
        worker=scheme.service,
    )
    newest = newest_bundle(scheme)
    if newest and not newest.is_over:
        return newest
    key = f"bundle:{scheme.pk}:{newest.pk if newest else 0}"  # a double click names the same one before
    return jobs.start(BUNDLE, key, by, f"{scheme.service}全部文书", scheme=scheme.pk)


def newest_bundle(scheme: TransitionScheme) -> Job | None:
    return Job.objects.filter(kind=BUNDLE, arguments__scheme=scheme.pk).order_by("-pk").first()


@jobs.handler(BUNDLE)
def bundle_job(job: Job) -> dict[str, Any]:
    """Every paper of everybody, and of the scheme; what cannot be made is listed in the ZIP with the reason."""
    scheme = TransitionScheme.objects.select_related("service").get(pk=job.arguments["scheme"])
    kept = list(
        LockedSettlement.objects.live().filter(worker__service=scheme.service, worker__left_on=None)
        .select_related("worker").order_by("worker__sort_key", "worker__pk")
    )  # fmt: skip
    held = people(Worker.objects.filter(service=scheme.service), Setting(), timezone.localdate())
    facts = {person.worker.pk: person.facts for person in held}
    wanted = [(f"00 {paper.label}", paper, scheme.pk, "") for paper in papers_of_scheme(scheme)]
    for each in kept:
        found = papers_of(facts[each.worker_id], each.content["ground"])
        wanted += [
            (f"{index:02} {paper.label}", paper, each.worker.pk, each.worker.name)
            for index, paper in enumerate(found, 1)
        ]
    buffer, left, names = io.BytesIO(), [], Counter[str]()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (folder, paper, subject, person) in enumerate(wanted, 1):
            jobs.progress(job, number - 1, len(wanted), f"{paper.label} {person}")
            try:
                document = produce(paper.key, subject, by=job.started_by)
            except DomainError as refusal:
                left.append(f"{paper.label} {person}：{refusal}")
                continue
            package.writestr(member(folder, document.title, names), document.file.read())
        package.writestr("没有生成的.txt", "\r\n".join(left or ["全部已生成。"]).encode("utf-8-sig"))
    name = f"{scheme.service.name}安置文书.zip"
    file = StoredFile.keep(name, buffer.getvalue(), MEDIA_TYPE, job.started_by, sealed=True)
    return {"file": file.pk, "made": len(wanted) - len(left), "left": len(left)}


def member(folder: str, title: str, names: "Counter[str]") -> str:
    """A path inside the ZIP: nothing leaves its folder, two people of one name are numbered."""
    path = f"{safe(folder)}/{safe(title)}"
    names[path] += 1
    return f"{path}.docx" if names[path] == 1 else f"{path}（{names[path]}）.docx"


def safe(name: str) -> str:
    return FORBIDDEN.sub("_", name).strip(" .")[:LONGEST] or "未命名"
