"""What an edition says above a page: where else its area is told, and how a register counts beside an audit."""

import re
from pathlib import Path

from ilacs_audit.publishing.edition.front_page import with_notes
from ilacs_audit.publishing.edition.staging import note_pages
from ilacs_audit.publishing.timetable import Report

PAGE = b'<main id="main"><div class="wrap"><h1>Is it so?</h1></div></main>'
AUDIT = Report("dip", "dip", Path("dip.ipynb"), "Dip sample", {"audit": "consent-2024-11"}, "Consent")
OTHER = Report("re", "re", Path("re.ipynb"), "Re-audit", {"audit": "consent-2024-11"}, "Consent")
REGISTER = Report("closed", "closed", Path("closed.ipynb"), "Closures", {}, "Consent", registers=True)
READ = {"released": [{"measure": "rows_read", "level": "closures to 20 November 2024"}]}


def above(near, *, registers=False):
    """The words above a page, and the page once more with the same words."""
    noted = with_notes(PAGE, {}, near, registers=registers)
    assert with_notes(noted, {}, near, registers=registers) == noted
    return re.sub(r"<[^>]+>", "", noted.decode().partition("<h1>")[0])


def test_a_page_on_an_audit_says_how_the_register_beside_it_counts():
    assert above([(OTHER, {"released": []}), (REGISTER, READ)]) == (
        "Also on Consent: Re-audit · Closures (every entry of a register to 20 November 2024, not files read)"
    )


def test_a_page_on_a_register_says_how_the_audits_beside_it_count():
    assert above([(AUDIT, {"released": []})], registers=True) == (
        "Also on Consent, by files that an audit read, not every entry of a register: Dip sample"
    )


def test_pages_that_count_alike_are_linked_and_no_more():
    assert above([(OTHER, {"released": []})]) == "Also on Consent: Re-audit"
    assert above([(REGISTER, READ)], registers=True) == "Also on Consent: Closures"


def test_a_page_of_which_grades_were_looked_at_again_points_to_the_page_on_second_readers(tmp_path):
    told = {"dip": {"released": [{"measure": "marked_down"}]}, "closed": READ}
    told["re"] = {"released": [{"measure": "graded_good"}, {"measure": "graded_good_corrected"}]}
    second = Report("re", "re", Path("re.ipynb"), "Second readers", {}, "Other")
    for name in told:
        (tmp_path / f"{name}.html").write_bytes(PAGE)
    for _ in range(2):  # as often as an edition is made
        note_pages(tmp_path, [AUDIT, second, REGISTER], told)
    assert b'On its second readers: <a href="re.html">Second readers</a></nav>' in (tmp_path / "dip.html").read_bytes()
    assert b"second readers:" not in (tmp_path / "closed.html").read_bytes()
