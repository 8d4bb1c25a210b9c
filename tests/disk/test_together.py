"""Several files take their places together, or none does."""

from pathlib import Path

import pytest

from ilacs_audit.disk.together import write_together


def test_files_are_replaced_made_and_removed(tmp_path):
    old, gone, new = tmp_path / "old.yml", tmp_path / "gone.yml", tmp_path / "folder" / "new.yml"
    old.write_bytes(b"before")
    gone.write_bytes(b"before")
    write_together({old: b"after", new: b"made", gone: None})
    assert (old.read_bytes(), new.read_bytes(), gone.exists()) == (b"after", b"made", False)


def test_where_one_cannot_be_put_in_place_all_are_as_they_were(tmp_path, monkeypatch):
    one, other = tmp_path / "one.yml", tmp_path / "other.yml"
    one.write_bytes(b"before")
    replace = Path.replace

    def refuse(path, target):
        if target == other:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        write_together({one: b"after", other: b"made"})
    assert one.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["one.yml"]
