"""The browser is installed where it is missing, and its absence is said in words."""

from subprocess import CompletedProcess

import pytest

from tests.browser import install


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine whose path holds only what a test puts there."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "own"))
    monkeypatch.setattr(install, "PLACES", ())

    def put(*names):
        for name in names:
            (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
            (tmp_path / name).chmod(0o755)

    return put


def test_nothing_happens_where_the_light_browser_is_found(bare):
    bare(install.LIGHT, "apt-get")
    assert install.install(run=lambda *_, **__: pytest.fail("apt-get was run")) is None


def test_a_browser_that_is_missing_is_installed(bare):
    bare("apt-get", "sudo")
    asked = []

    def run(command, **_):
        asked.append(command)
        if "install" in command:
            bare(install.LIGHT)
        return CompletedProcess(command, 0)

    assert install.install(run=run) is None
    assert [step[-1] for step in asked] == ["update", install.LIGHT]


def test_a_whole_browser_does_where_the_light_one_cannot_be_had(bare):
    bare("chromium", "apt-get", "sudo")
    assert install.install(run=lambda command, **_: CompletedProcess(command, 100)) is None
    assert install.browser().endswith("chromium")


def test_a_machine_without_apt_is_given_playwrights_own_and_else_told_what_to_do(bare, tmp_path):
    shell = tmp_path / "own" / "chromium_headless_shell-1200" / "chrome-linux" / "headless_shell"

    def brings(command, **_):
        shell.parent.mkdir(parents=True)
        shell.touch()
        return CompletedProcess(command, 0)

    assert "CHROMIUM" in install.install(run=lambda command, **_: CompletedProcess(command, 1))
    assert install.install(run=brings) is None
    assert install.browser() == str(shell)


@pytest.mark.parametrize("place", ["%ProgramFiles%/Google/Chrome/Application/chrome.exe", "~/Chrome.app/MacOS/Chrome"])
def test_a_chrome_is_found_where_its_maker_puts_it(bare, monkeypatch, tmp_path, place):
    for name in ("PROGRAMFILES", "HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "with spaces"))
    monkeypatch.setattr(install, "PLACES", (place,))
    path = tmp_path / "with spaces" / place.partition("/")[2]
    path.parent.mkdir(parents=True)
    path.touch()
    assert install.install(run=lambda *_, **__: pytest.fail("something was installed")) is None
    assert install.browser() == str(path)


def test_an_installation_that_fails_says_so_in_words(bare):
    bare("apt-get", "sudo")
    assert "ended with 100" in install.install(run=lambda command, **_: CompletedProcess(command, 100))


def test_a_browser_that_is_named_but_not_there_counts_as_missing(bare, monkeypatch):
    bare("chromium")
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert install.browser() is None
