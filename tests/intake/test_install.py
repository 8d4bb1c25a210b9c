"""A PostgreSQL server is installed where it is missing, and its absence is said in words."""

from subprocess import CompletedProcess

import pytest

from tests.intake import install


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine whose path holds only what a test puts there."""
    monkeypatch.setattr(install, "PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path))

    def put(*names):
        for name in names:
            (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
            (tmp_path / name).chmod(0o755)

    return put


def test_nothing_happens_where_a_server_is_found(bare):
    bare("initdb", "pg_ctl", "apt-get")
    assert install.install(run=lambda *_, **__: pytest.fail("apt-get was run")) == ""


def test_a_server_that_is_missing_is_installed(bare):
    bare("apt-get", "sudo")

    def run(command, **_):
        if "postgresql" in command:
            bare("initdb", "pg_ctl")
        return CompletedProcess(command, 0)

    assert install.install(run=run) == ""


def test_a_machine_without_apt_says_what_is_not_tested(bare):
    assert install.install() == "PostgreSQL will not be tested. This machine has no apt-get."


def test_the_newest_of_several_servers_is_started(monkeypatch, tmp_path):
    for version in ("13", "15"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    monkeypatch.setattr(install, "PLACES", ((str(tmp_path), "*/bin"),))
    assert install.program("initdb") == str(tmp_path / "15" / "bin" / "initdb")
