"""Nothing untrue stands on a page of the example; and a stranger would see it if it did."""

from collections import Counter
from random import Random

import pytest

from tests.northmere.truth.truth import AGENCY_RETURNS, TRUTH
from tests.pages.reading import page
from tests.pages.stranger.known import unknown
from tests.pages.stranger.planting import plant

AUDIENCES = ("internal", "board", "public")
FEWEST = {"internal": (0.96, 6_000), "board": (0.96, 6_000), "public": (0.95, 2_500)}


def test_a_stranger_counts_in_the_returns_what_was_planted_in_them(world):
    for name, truth in TRUTH.items():
        facts = world.audits[name]
        counted = {code: facts.met[code, "all"] for code in facts.standards}
        assert counted == dict(truth.results), name
        assert (facts.read, facts.drawn, facts.down) == (truth.counted, truth.drawn, truth.down), name
    assert world.audits["strategy-2024-11"].partners == {
        name: AGENCY_RETURNS[name] for name in ("Police", "Health", "Education")
    }


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_on_a_page_is_untrue(read, audience):
    told = read[audience]
    print(f"{told.numbers} numbers, {told.held} held, {told.words} words held, {len(told.untrue)} untrue")
    assert [(each.page, each.said, each.value, each.known, each.text) for each in unknown(told.untrue)] == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_said_is_understood(read, audience):
    """A stranger who understands nothing finds nothing."""
    told, (share, fewest) = read[audience], FEWEST[audience]
    left = Counter(text for _, _, text in told.left)
    assert told.numbers >= fewest
    assert told.words >= 300
    assert told.share >= share, left.most_common(20)


def test_two_editions_say_the_same_of_one_thing(read):
    """Verdicts on changes, and whether something helped, are one in all editions."""
    told: dict = {}
    for name in AUDIENCES:
        for key, values in read[name].keyed.items():
            if key[1] != "rise":
                told.setdefault(key, set()).update(values)
    assert len(told) > 100
    assert {key: values for key, values in told.items() if len(values) > 1} == {}


def test_a_fault_that_is_planted_in_a_page_is_seen(stranger, published):
    """The front page counts verdicts over audits that share a theme, of which a stranger holds fewer."""
    chance, faults = Random(14), {True: [], False: []}
    for audience in ("board", "public"):
        for path in sorted((published / audience / "2024-11").glob("*.html")):
            index = path.name == "index.html"
            faults[index] += plant(stranger, page(path), audience, chance, faults=60 if index else 20)
    for index, fewest, least in ((False, 380, 0.95), (True, 90, 0.75)):
        missed = [(kind, what) for kind, found, what in faults[index] if not found]
        counts = [found for kind, found, _ in faults[index] if kind == "count"]
        share = 1 - len(missed) / len(faults[index])
        print(f"{'front pages' if index else 'pages'}: {len(faults[index])} faults, {share:.1%} seen")
        assert len(faults[index]) > fewest
        assert share >= least, missed[:20]
        assert sum(counts) / len(counts) >= (0.85 if index else 0.98), missed[:20]
