"""Single sentences as a page might say them: the true ones pass, and each untruth that pages have held is found."""

import pytest

from tests.pages.stranger import sense
from tests.pages.stranger.blocks import Block
from tests.pages.stranger.edition import Read
from tests.pages.stranger.truth.scope import Scope

TRUE = (
    ("consent-2024-11", "", "In only 7 of 10 files a senior manager agreed before we walked away; in 12 of 17 CON-1."),
    (
        "consent-2024-11",
        "",
        "CON-1: 9 of 20 in September 2024, 12 of 17 in November 2024: +26 points, likely -15 to +54.",
    ),
    ("consent-2024-11", "", "CON-1: of all 88 children, 34 to 79 are likely to meet it (41 to 77 by what was read)."),
    ("consent-2024-11", "", "The target of CON-1 is 90%. The sample shows it is not met."),
    ("consent-2024-11", "", "A re-audit of 45 files is booked for 20 January 2025."),
    ("consent-2024-11", "Comparable", "7 of 9 standards"),
    ("consent-2024-11", "Audited", "18 November 2024 by five auditors"),
    ("plans-2024-11", "", "Plans and planning training reached 111 people before this round and 22 during it."),
    ("plans-2024-11", "", "10 of 11 standards are not met and one cannot be told; each rests on 44 to 57 files."),
    ("strategy-2024-11", "Agencies", "21 of 120 returns of agencies are missing"),
    ("supervision-2024-11", "Audited", "18 to 21 November 2024 by eight auditors"),
    ("assessments-2024-11", "Set aside", "1 moderation: the moderator was the auditor"),
)
UNTRUE = (
    (
        "consent-2024-11",
        "",
        "In only 8 of 10 files a senior manager agreed before we walked away from a family that said no.",
    ),
    ("consent-2024-11", "", "Nothing we can tell apart from chance has changed among the nine standards compared."),
    (
        "consent-2024-11",
        "",
        "CON-1: 9 of 20 in September 2024, 12 of 17 in November 2024: +28 points, likely -15 to +54.",
    ),
    ("consent-2024-11", "", "CON-1: of all 88 children, 34 to 81 are likely to meet it."),
    ("consent-2024-11", "", "The target of CON-1 is 85%."),
    ("consent-2024-11", "", "The target of CON-1 is 90%. The sample shows it is met."),
    ("consent-2024-11", "", "A re-audit of 45 files is booked for 21 January 2025."),
    ("consent-2024-11", "Set aside", "1 file: reason not recorded"),
    ("consent-2024-11", "With the worker", "yes the practitioner took part"),
    ("recording-2024-11", "Comparable", "8 of 8 standards with the last round"),
    ("plans-2024-11", "", "Plans and planning training reached 133 people before this round."),
    ("plans-2024-11", "", "Nine of 11 standards are not met."),
    ("strategy-2024-11", "Agencies", "99 of 120 from each of 0 agencies"),
    ("supervision-2024-11", "Audited", "18 to 21 November 2024 by 9 auditors"),
    ("supervision-2024-11", "Audited", "18 to 23 November 2024"),
)
SENSELESS = (
    ("consent-closures-2024-11", "Not met: even the high end of the range falls short of the target."),
    ("consent-closures-2024-11", "There is a baseline, but no re-audit is booked."),
    ("visits-2024-11", "Not yet measurable: no baseline, or no later round is booked."),
    ("plans-2024-11", "Between the rounds: Plans and planning training. Cannot tell."),
    ("daat-2024-11", "Between the rounds: Assessment training. Cannot tell."),
    ("strategy-2024-11", "24 of 24 requests were read."),
    ("referrals-2024-11", "Nothing we can tell apart from chance has changed."),
    ("recording-2024-11", "No date is set on which it can be measured."),
    ("supervision-2024-11", "[c]: hidden so that no child can be recognised."),
    ("assessments-2024-11", "1 file: same-moderator"),
)


def read(stranger, audit, row, text):
    """A sentence read as if it stood on the page of an audit."""
    told = Read()
    scope = Scope(stranger.world, "board", [stranger.world.audits[audit]])
    kind = "dd" if row else "p"
    stranger.block(Block(stranger.marks.put(text), kind, row=row), scope, f"board/{audit}-{text}.html", set(), told)
    return told


@pytest.mark.parametrize(("audit", "row", "text"), TRUE)
def test_a_true_sentence_is_held(stranger, audit, row, text):
    told = read(stranger, audit, row, text)
    assert told.untrue == []
    assert told.held >= 1


@pytest.mark.parametrize(("audit", "row", "text"), UNTRUE)
def test_an_untrue_sentence_is_found(stranger, audit, row, text):
    assert read(stranger, audit, row, text).untrue != []


@pytest.mark.parametrize(("audit", "text"), SENSELESS)
def test_a_statement_that_its_audit_denies_is_found(stranger, audit, text):
    scope = Scope(stranger.world, "board", [stranger.world.audits[audit]])
    pieces = [Block(stranger.marks.put(text), "p"), Block("Set aside", "dt")]
    found = {each.value for each in sense.of_page(pieces, scope, "board/page.html")}
    quiet = {each.value for each in sense.of_page(pieces[1:], scope, "board/page.html")}
    assert found - quiet or "returns of agencies" in " ".join(quiet)
