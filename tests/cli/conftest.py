"""A workspace of its own for a test, and the commands run in it as a person would."""

import shutil
from collections import namedtuple

import pytest
from click.testing import CliRunner

from ilacs_audit.cli import main

Said = namedtuple("Said", ("code", "out", "err"))


@pytest.fixture
def workspace(tmp_path, root):
    """The example, in a folder whose name holds a space."""
    folder = tmp_path / "our audits"
    for part in ("data", "notebooks"):
        shutil.copytree(root / part, folder / part)
    shutil.copy2(root / "reports.yml", folder)
    return folder


KEPT = ("Consent dip sample", "Plans and planning audit Nov", "NFA assessments", "MA strategy audit")


@pytest.fixture
def small(workspace):
    """The workspace with a few of its returns only, so that a check takes a moment."""
    return few_returns(workspace)


def few_returns(workspace):
    """Take most returns out of a workspace that holds the example, and the lists that have to be linked."""
    example = workspace / "data" / "example"
    linked = (example / "registers").glob("hub_*")
    for path in (*linked, *sorted((example / "returns").rglob("*.*"))):
        if not path.name.startswith(KEPT):
            path.unlink()
    return workspace


@pytest.fixture
def say():
    """Run a command: `say("check", "--workspace", folder)` gives its exit code and what it said."""

    def run(*words, answers=None):
        ended = CliRunner().invoke(main, [str(word) for word in words], input=answers)
        if ended.exception and not isinstance(ended.exception, SystemExit):
            raise ended.exception
        return Said(ended.exit_code, ended.stdout, ended.stderr)

    return run
