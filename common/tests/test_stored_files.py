import pytest
from django.core.files.storage import default_storage

from common.fields import EncryptedJSONField, Undecryptable
from common.models import Job, StoredFile


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
    with pytest.raises(Undecryptable):
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
