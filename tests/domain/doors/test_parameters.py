"""What papermill hands to a notebook is what its author declared, or the notebook says so and stops."""

from types import SimpleNamespace

import IPython
import pytest

from ilacs_audit.domain.doors.parameters import refuse_unknown
from ilacs_audit.domain.errors import NotebookError

OWN = 'audience: str = "board"  # who reads, board = the default\naudit: str = ""'


@pytest.fixture
def ran(monkeypatch):
    """A notebook that has run these cells."""

    def run(*cells):
        monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(user_ns={"In": ["", *cells]}))

    return run


def test_a_parameter_that_no_author_declared_is_refused_with_the_one_that_was_meant(ran):
    ran(OWN, '# Parameters\naudiance = "internal"\n')
    with pytest.raises(NotebookError, match=r"no parameter called audiance.*Did you mean 'audience'"):
        refuse_unknown()


@pytest.mark.parametrize(
    "cells", [(), (OWN,), (OWN, '# Parameters\naudit = "a"\n'), (OWN, "period = 1"), ("%matplotlib inline", OWN)]
)
def test_what_was_declared_and_what_a_person_writes_passes(ran, cells):
    ran(*cells)
    refuse_unknown()


def test_nothing_is_refused_outside_a_notebook(monkeypatch):
    monkeypatch.setattr(IPython, "get_ipython", lambda: None)
    refuse_unknown()
