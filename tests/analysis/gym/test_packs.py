"""A pack is a fair choice that can be made again, balanced over themes, and shares a third with the pack before."""

from collections import Counter

import pytest

from ilacs_audit.analysis.gym.packs import choose
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.intake.catalogue import load_standards
from ilacs_audit.intake.gym.vignettes import load_vignettes


@pytest.fixture(scope="module")
def extracts(root):
    return load_vignettes(root / "data" / "gym", standards=load_standards(root / "data" / "standards")).kept


def test_the_same_seed_gives_the_same_pack_and_another_another(extracts):
    first = choose(extracts, number=1, size=12, seed=7)
    assert choose(extracts, number=1, size=12, seed=7) == first
    assert choose(extracts, number=1, size=12, seed=8) != first
    assert len({each.id for each in first}) == 12


@pytest.mark.parametrize("number", [2, 3, 9])
def test_a_pack_shares_a_third_with_the_one_before(extracts, number):
    now, before = (choose(extracts, number=each, size=12, seed=7) for each in (number, number - 1))
    assert len({each.id for each in now} & {each.id for each in before}) == 4


def test_every_pack_holds_every_theme_and_every_anchor(extracts):
    for seed in range(40):
        chosen = choose(extracts, number=1 + seed % 3, size=12, seed=seed)
        themes = Counter(each.theme for each in chosen)
        assert len(themes) == 5
        assert max(themes.values()) - min(themes.values()) <= 2
        anchors = Counter(asked.anchor for each in chosen for asked in each.asked)
        assert min(anchors.values()) >= 0.1 * sum(anchors.values())
        assert len(anchors) == 3


def test_what_is_shared_stands_in_another_order(extracts):
    now, before = (choose(extracts, number=each, size=24, seed=7) for each in (2, 1))
    assert {each.id for each in now} == {each.id for each in before}
    assert now != before


@pytest.mark.parametrize("size", [1, 25])
def test_a_pack_of_more_than_there_are_is_refused(extracts, size):
    with pytest.raises(UsageError, match="There are 24 extracts"):
        choose(extracts, number=1, size=size, seed=1)
