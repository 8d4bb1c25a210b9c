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
    seen, planted, missed, on_index = Counter(), Counter(), [], 0
    chance = Random(14)
    for audience in ("board", "public"):
        for path in sorted((published / audience / "2024-11").glob("*.html")):
            index = path.name == "index.html"
            for kind, found, what in plant(stranger, page(path), audience, chance, faults=60 if index else 20):
                on_index += index
                planted[kind] += 1
                seen[kind] += found
                missed += [] if found else [(kind, what)]
    shares = {kind: seen[kind] / count for kind, count in planted.items()}
    print(f"{sum(planted.values())} faults, {sum(seen.values())} seen: {shares}")
    assert sum(planted.values()) > 400
    assert on_index > 50
    assert sum(seen.values()) / sum(planted.values()) >= 0.95, missed[:20]
    assert shares["count"] >= 0.98, missed[:20]
