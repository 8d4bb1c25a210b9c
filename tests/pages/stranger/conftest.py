"""The example as a stranger knows it, and its editions as he reads them; both once for all tests of this folder."""

from datetime import date

import pytest

from tests.pages.stranger.edition import Reader
from tests.pages.stranger.truth.facts import world_of


@pytest.fixture(scope="session")
def world(root):
    return world_of(root, period="2024-11", as_of=date(2024, 11, 21))


@pytest.fixture(scope="session")
def stranger(world):
    return Reader(world)


@pytest.fixture(scope="session")
def read(stranger, published):
    """Audience -> what came of reading its edition."""
    names = ("internal", "board", "public")
    return {name: stranger.edition(published / name / "2024-11", audience=name) for name in names}
