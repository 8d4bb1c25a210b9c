"""Here every warm process starts from nothing, as a council's does."""

import pytest


@pytest.fixture(autouse=True)
def _as_a_council_runs(from_nothing):
    """No test of this folder forks from the nursery."""
