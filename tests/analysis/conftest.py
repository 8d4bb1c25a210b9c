import pytest

from tests import build


@pytest.fixture
def answers():
    """Make Answer rows from short records: `answers(("A", "CON-1", "yes"), ...)`."""
    return build.answers
