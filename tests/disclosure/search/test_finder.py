"""What gives somebody away is found, what names nobody is let through, and what is left is what the documents say."""

from pathlib import Path

import pytest

from ilacs_audit.disclosure.search.scan import scan
from tests.disclosure.search import harmless
from tests.disclosure.search.canaries import CANARIES, KNOWN, LEFT

SECURITY = (Path(__file__).parents[3] / "docs" / "security.md").read_text(encoding="utf-8")
TEXTS = harmless.TEXTS.strip().splitlines()


def stopped(text, known):
    return not scan([f"<p>{text}</p>"], known).empty


@pytest.mark.parametrize("kind", CANARIES)
def test_every_canary_is_found(kind):
    assert [text for text in CANARIES[kind] if not stopped(text, KNOWN)] == []


def test_there_are_a_hundred_canaries_and_two_hundred_harmless_texts():
    assert sum(map(len, CANARIES.values())) >= 100
    assert len(set(TEXTS)) == len(TEXTS) >= 200


@pytest.mark.parametrize("what", LEFT)
def test_what_the_search_cannot_know_passes_through_and_stands_in_the_document(what):
    """A row that is found one day is to be taken out of the document."""
    assert not stopped(LEFT[what], KNOWN)
    assert f"| {what} | {LEFT[what].replace('|', chr(92) + '|')} |" in SECURITY


def test_no_text_that_names_nobody_is_stopped():
    told = [text for text in TEXTS if stopped(text, harmless.KNOWN)]
    print(f"{len(TEXTS)} harmless texts beside {len(harmless.KNOWN)} people named after words, {len(told)} stopped")
    assert told == []


def test_no_harmless_text_is_stopped_by_the_people_of_the_canaries():
    assert [text for text in TEXTS if stopped(text, KNOWN)] == []


@pytest.mark.parametrize("known", harmless.COST)
def test_what_the_search_costs_stands_in_the_document(known):
    assert stopped(harmless.COST[known], [known])
    assert harmless.COST[known] in SECURITY
