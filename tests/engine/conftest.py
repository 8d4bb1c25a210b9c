"""Here every warm process starts from nothing, as a council's does."""

import pytest

from ilacs_audit.engine import pool
from tests import nursery


@pytest.fixture(scope="module", autouse=True)
def as_a_council_runs():
    """No run of this folder, nor of its modules' fixtures, is forked from the nursery."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "_warm_process", nursery.from_nothing)
        yield
