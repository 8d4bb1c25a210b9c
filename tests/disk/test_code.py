"""A page is made again when anything moves that it was made of, the words and weights of the package too."""

import pytest

from ilacs_audit.disk import code


@pytest.fixture
def marked(tmp_path, monkeypatch):
    package = tmp_path / "package"
    (package / "disk").mkdir(parents=True)
    for name in ("disk/code.py", "words.txt", "page.j2"):
        (package / name).write_text("one", encoding="utf-8")
    monkeypatch.setattr(code, "__file__", str(package / "disk" / "code.py"))
    return package, code.package_fingerprint.__wrapped__


@pytest.mark.parametrize("name", ["disk/code.py", "words.txt", "page.j2", "weights.new"])
def test_every_file_of_the_package_moves_its_mark(marked, name):
    package, fingerprint = marked
    before = fingerprint()
    (package / name).write_text("two", encoding="utf-8")
    assert fingerprint() != before


def test_what_python_keeps_of_the_code_moves_nothing(marked):
    package, fingerprint = marked
    before = fingerprint()
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "code.pyc").write_bytes(b"two")
    assert fingerprint() == before
