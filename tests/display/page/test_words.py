import itertools
import re

import pytest

import ilacs_audit as ia
from ilacs_audit.domain.errors import UsageError
from tests.display import demo


def test_a_page_has_one_title_and_no_skipped_heading():
    html = demo.everything()
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert html.count("<main") == 1
    assert '<html lang="en-GB">' in html


def test_readers_never_see_code_warnings_or_words_for_the_lab():
    html = demo.sample()
    assert not any(word in html for word in ("SECRET", "A WARNING", "Seen in the lab only"))


def test_the_page_forbids_scripts_and_asks_for_nothing():
    html = demo.sample()
    assert "default-src 'none'" in html
    assert not re.search(r"<script|<link|<img|@import|url\(|https?://", html)


def test_only_the_public_edition_carries_no_marking():
    assert "OFFICIAL-SENSITIVE" in demo.sample(audience="board")
    assert "OFFICIAL-SENSITIVE" not in demo.sample(audience="public")


def test_no_id_is_used_twice():
    ids = re.findall(r'\sid="([^"]+)"', demo.everything())
    assert len(ids) == len(set(ids))


def test_a_page_weighs_little():
    assert len(demo.sample().encode()) < 40_000


def test_that_nothing_is_asked_must_be_typed_by_a_person():
    assert "Not yet stated" in ia.decisions([]).html
    assert "None stated" in ia.decisions("None stated").html


def test_a_title_without_an_answer_takes_the_headline_of_its_measures():
    made = ia.title("Is it so?", released=demo.released(demo.compliance_records()))
    assert made.data["answer"].startswith("Three of seven standards are not met")
    with pytest.raises(UsageError):
        ia.title("Is it so?")


def test_the_strip_of_facts_says_what_was_not_recorded():
    made = ia.trust_box(demo.released([{"measure": "returned", "numerator": 3, "denominator": 5}]))
    assert "<dt>Moderated</dt><dd>not recorded</dd>" in made.html
    assert "<dt>Files read</dt><dd>not recorded</dd>" in ia.trust_box(demo.released([])).html


def test_the_strip_of_facts_tells_how_files_were_chosen():
    made = ia.trust_box(demo.released(demo.trust_records()), audit=demo.programme()["consent-2024-11"])
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", made.html))
    assert "Files read 38 of 40 drawn from 96 in scope, at random" in text
    assert "Moderated 9 of 38 2 marked down, 0 up" in text
    assert "by 6 auditors" in text


def test_a_front_page_shows_every_verdict_as_a_symbol_and_a_word():
    html = demo.index()
    chips = re.findall(r'<span class="ia-chip[^>]*>(.*?)</span>', html, re.S)
    assert {re.sub("<[^>]+>", "", each).strip() for each in chips} >= {"Not met", "Better", "Met", "No verdict"}
    assert all("<svg" in chip for chip in chips)
    assert "Not produced this time" in html


def test_the_owner_reads_what_to_do_first():
    html = demo.status()
    assert html.index("What to do") < html.index("Every report")
    assert "1 thing needs doing" in html
