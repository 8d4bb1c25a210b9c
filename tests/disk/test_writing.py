import stat
import sys

import pytest

from ilacs_audit.disk.fingerprints import file_fingerprint
from ilacs_audit.disk.writing import private_folder, replacing, write_whole


def test_a_file_is_replaced_whole(tmp_path):
    page = tmp_path / "new folder" / "page.html"
    write_whole(page, b"first")
    write_whole(page, b"second")
    assert page.read_bytes() == b"second"
    assert [path.name for path in page.parent.iterdir()] == ["page.html"]


def test_an_interrupted_write_leaves_the_earlier_page_and_no_scraps(tmp_path, monkeypatch):
    page = tmp_path / "page.html"
    write_whole(page, b"earlier")

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("ilacs_audit.disk.writing.os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(page, b"later")
    assert page.read_bytes() == b"earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_who_writes_by_name_puts_a_file_in_place_whole(tmp_path):
    table = tmp_path / "new folder" / "table.parquet"
    with replacing(table) as partial:
        partial.write_bytes(b"first")
        assert not table.exists()
    with pytest.raises(ZeroDivisionError), replacing(table) as partial:
        partial.write_bytes(b"half")
        raise ZeroDivisionError
    assert table.read_bytes() == b"first"
    assert [path.name for path in table.parent.iterdir()] == ["table.parquet"]


def test_a_long_name_can_be_written(tmp_path):
    write_whole(tmp_path / f"{'a' * 245}.xlsx", b"page")
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no owner-only mode")
def test_a_private_folder_opens_for_its_owner_alone(tmp_path):
    assert stat.S_IMODE(private_folder(tmp_path / "private").stat().st_mode) == 0o700


def test_a_fingerprint_is_the_published_sha256_of_abc(tmp_path):
    (tmp_path / "abc").write_bytes(b"abc")
    # FIPS 180-2, appendix B.1
    assert file_fingerprint(tmp_path / "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
