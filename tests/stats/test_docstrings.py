"""Every statistic says in its docstring where it comes from, when not to use it, and shows a number."""

import re

import pytest

import ilacs_audit as ia
from ilacs_audit import _ROOMS

STATISTICS = sorted(name for module, names in _ROOMS.items() if module.startswith("stats.") for name in names)


@pytest.mark.parametrize("name", STATISTICS)
def test_a_statistic_says_its_source_its_limits_and_a_number(name):
    said = getattr(ia, name).__doc__
    first = said.strip().splitlines()[0]
    assert first.endswith(".")
    assert "Source:" in said
    assert re.search(r"\b(?:Not|Never)\b", said), "when not to use it"
    assert ">>>" in said
