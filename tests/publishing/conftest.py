"""What the tests of whole runs share: the workspace of two small reports, published once for the board."""

import shutil

import pytest

from tests.publishing import tiny


@pytest.fixture(scope="session")
def first_run(tmp_path_factory):
    """The folder of the workspace and its outputs, as a first run left them; a test changes a copy."""
    home = tmp_path_factory.mktemp("tiny")
    ended = tiny.publish(tiny.make(home / "work"), home / "out")
    assert [(each.job_id, each.status) for each in ended.outcomes] == [
        ("dip-sample-consent-2024-11", "ok"),
        ("second-consent-2024-11", "ok"),
    ]
    assert ended.published
    return home


@pytest.fixture
def place(first_run, tmp_path):
    """The workspace, in a folder of the test's own."""
    return shutil.copytree(first_run / "work", tmp_path / "work")


@pytest.fixture
def outputs(first_run, tmp_path):
    """What the first run left in its outputs, in a folder of the test's own."""
    return shutil.copytree(first_run / "out", tmp_path / "out")
