import errno
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from common.fields import EncryptedJSONField
from common.models import FileUnreadable, Job, NoSpace, StoredFile


def test_a_sealed_file_is_unreadable_on_disk_and_whole_when_read(db):
    content = "姓名,身份证号\n张三,420902197708150429".encode()
    kept = StoredFile.keep("花名册.csv", content, "text/csv", None, sealed=True)
    on_disk = default_storage.open(kept.content.name).read()
    assert b"420902" not in on_disk
    assert StoredFile.objects.get().read() == content
    assert kept.size == len(content)


def test_the_same_bytes_sealed_twice_share_one_file(db):
    one, two = (StoredFile.keep(name, b"abc", "text/csv", None, sealed=True) for name in ("a", "b"))
    plain = StoredFile.keep("c", b"abc", "text/csv", None)
    assert one.content.name == two.content.name != plain.content.name
    assert (one.read(), plain.read()) == (b"abc", b"abc")


def test_a_sealed_file_moved_to_another_name_does_not_open(db):
    kept = StoredFile.keep("a", b"abc", "text/csv", None, sealed=True)
    kept.sha256 = "0" * 64
    with pytest.raises(FileUnreadable, match="解不开密"):
        kept.read()


class HalfWay(ContentFile):
    """What is being written when the disk fills up."""

    def chunks(self, chunk_size=None):
        yield self.read(5)
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("sealed", [False, True])
def test_a_disk_that_fills_up_half_way_leaves_nothing_and_the_next_upload_is_whole(db, monkeypatch, sealed):
    with monkeypatch.context() as full:
        full.setattr("common.models.ContentFile", HalfWay)
        with pytest.raises(NoSpace, match=r"“花名册\.csv”没有存上"):
            StoredFile.keep("花名册.csv", b"0123456789", "text/csv", None, sealed=sealed)
    assert StoredFile.objects.count() == 0
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
    assert StoredFile.keep("花名册.csv", b"0123456789", "text/csv", None, sealed=sealed).read() == b"0123456789"


DAMAGE = {
    "不完整": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "内容与存入时不一致|解不开密": lambda path: path.write_bytes(path.read_bytes()[:-1] + b"?"),
    "找不到了": lambda path: path.unlink(),
}


@pytest.mark.parametrize("why", DAMAGE)
@pytest.mark.parametrize("sealed", [False, True])
def test_a_damaged_file_is_refused_in_words_and_mended_by_the_same_upload(db, why, sealed):
    kept = StoredFile.keep("合同.pdf", b"%PDF-1.4 whole", "application/pdf", None, sealed=sealed)
    DAMAGE[why](Path(kept.content.path))
    with pytest.raises(FileUnreadable, match=why):
        kept.read()
    StoredFile.keep("又一次.pdf", b"%PDF-1.4 whole", "application/pdf", None, sealed=sealed)
    assert kept.read() == b"%PDF-1.4 whole"


def test_a_file_sealed_with_another_key_is_refused_in_words(db, settings):
    kept = StoredFile.keep("a", b"abc", "text/csv", None, sealed=True)
    settings.FIELD_KEYS = [b"k" * 32]
    with pytest.raises(FileUnreadable, match="FIELD_KEYS"):
        kept.read()


def test_a_json_value_is_sealed_and_comes_back_whole(db):
    field = EncryptedJSONField()
    field.model, field.name = Job, "x"
    value = {"姓名": ["张三", 1, None, True, 2.5]}
    sealed = field.get_prep_value(value)
    assert "张三" not in sealed
    assert field.from_db_value(sealed, None, None) == value
    assert field.get_prep_value(None) is None
    assert field.from_db_value(None, None, None) is None
