"""Check that every kept file is there and whole."""

from django.utils import timezone

from common.models import FileUnreadable, StoredFile
from common.verifying import Faults, VerifyCommand

SAY_EVERY = 500


class Command(VerifyCommand):
    help = "Read every kept file. Exit 0: all whole; 1: one is missing, cut off, changed or sealed with another key."
    line = "文件 {file}“{name}”（{path}，{uploaded_at} 存入）：{what}"
    summary = "查了 {files} 个文件，{faults} 个不能使用。"

    def look(self) -> tuple[dict[str, int], Faults]:
        total, faults = StoredFile.objects.count(), []
        for number, each in enumerate(StoredFile.objects.order_by("pk").iterator(), 1):
            try:
                each.read()
            except FileUnreadable as refusal:
                day = timezone.localdate(each.uploaded_at).isoformat()
                place = {"file": each.pk, "name": each.name, "path": str(each.content.name), "uploaded_at": day}
                faults.append(place | {"what": refusal.facts["why"]})
            if number % SAY_EVERY == 0:
                self.stderr.write(f"已查 {number} / {total} 个文件")
        return {"files": total}, faults
