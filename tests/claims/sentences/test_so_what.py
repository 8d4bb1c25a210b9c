import re
from datetime import date

from ilacs_audit.claims.change.changes import change
from ilacs_audit.claims.prose.linter import lint_prose
from ilacs_audit.claims.sentences.so_what import Ask, Chain, so_what
from tests.build import only, seen, table

FINDING = only(table(seen(24, 30, of=110)))
CHANGE = change(table(seen(20, 30, period="2024-05")), table(seen(24, 30)))


def count(measure, numerator, denominator, **more):
    return only(table({"measure": measure, "numerator": numerator, "denominator": denominator, **more}))


CHAIN = Chain(
    moderated=count("moderated", 12, 30),
    marked_down=count("marked_down", 4, 12),
    change=only(CHANGE),
    action="the consent workshop",
    reach=count("reach", 110, 133),
    actions_closed=count("closed", 7, 9),
    still_a_problem=count("still", 2, 5),
)
ASK = Ask("forms are signed before we speak to schools.", "book the re-audit", date(2025, 2, 10), "94 of 110 met it")


def test_the_whole_paragraph():
    assert so_what(FINDING, name="informed consent", chain=CHAIN, ask=ASK) == (
        "Informed consent was met for 24 of 30 files (80%, 95% interval 71 to 99 of the 110 children) in November 2024;"
        " 12 were moderated and 4 marked down. Compared with 20 of 30 in May 2024, we cannot tell whether this is a"
        " change. The consent workshop reached 110 of 133 staff. 7 of 9 linked actions are closed; 2 of 5 re-checked"
        " on file still show the problem. For children this means forms are signed before we speak to schools."
        " We ask the board to book the re-audit, by 10 February 2025. We would change our mind if 94 of 110 met it."
    )


def test_what_has_no_evidence_is_left_out():
    assert so_what(FINDING, name="consent").count(".") == 1


def test_the_paragraph_itself_passes_the_linter():
    text = so_what(FINDING, name="informed consent", chain=CHAIN, ask=ASK)
    assert lint_prose(text, CHANGE) == ()


def test_a_hidden_finding_or_link_gives_no_digit():
    assert not re.search(r"\d", so_what(FINDING._replace(status="suppressed"), name="consent", chain=CHAIN, ask=ASK))
    hidden = Chain(**{name: row._replace(status="secondary") for name, row in vars(CHAIN).items() if name != "action"})
    assert so_what(FINDING, name="consent", chain=hidden) == so_what(FINDING, name="consent")


def test_few_or_picked_files_have_no_percentage():
    assert "%" not in so_what(only(table(seen(4, 6))), name="consent")
    assert "%" not in so_what(only(table(seen(8, 10, selection="auditor_choice"))), name="consent")
