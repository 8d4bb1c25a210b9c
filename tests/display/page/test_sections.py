"""Every page opens and closes alike, in pieces that are each an output of their own."""

import pandas as pd
import pytest

import ilacs_audit as ia
from ilacs_audit.display.fragments import MIME
from ilacs_audit.domain.about import Commentary
from ilacs_audit.domain.errors import CommentaryError, UsageError
from ilacs_audit.domain.measures import measures
from tests.shelf import BEFORE, NOW, Shelf, answers, files, opened

CLAIM = "Practice has improved across all teams."


def made(audit=NOW, *, words=None, audience="internal"):
    shelf = Shelf(answers(BEFORE, *files(5, 15)), answers(NOW, *files(18, 2)), words=words)
    work = opened(shelf, audit, audience=audience)
    return ia.page(work, *ia.dip_sample(work))


def kinds(fragments):
    return [piece.kind for piece in fragments.pieces]


def test_a_page_opens_with_the_question_of_its_theme_and_the_answer_of_its_figures():
    opening = ia.opening(made())
    assert kinds(opening) == ["title", "critical_panel", "trust_box", "decisions"]
    title = opening.pieces[0].data
    assert title["question"] == "Is consent asked for?"
    assert title["answer"] == ia.headline(made()).data["headline"]


def test_another_question_may_be_put_and_answered_by_one_measure():
    told = ia.opening(made(), question="Is it better?", measure="change").pieces[0].data
    assert told["question"] == "Is it better?"
    assert told["answer"] == ia.title(made(), released=made().of(measure="change")).data["answer"]


def test_a_page_about_no_audit_asks_what_its_register_counts_or_what_it_is_told_to_ask():
    work = opened(Shelf(), "")
    page = ia.page(work, measures([]))
    assert ia.opening(page).pieces[0].data["question"] == "What does the register tell?"
    assert ia.opening(page, question="How are we?").pieces[0].data["question"] == "How are we?"
    with pytest.raises(UsageError, match="question"):
        ia.title(page, question="")
    assert kinds(ia.closing(page)) == ["commentary", "provenance", "handed"]


def test_a_page_closes_with_what_was_said_how_it_was_made_and_what_it_was_handed():
    words = Commentary("Eleven of thirty answered.", by="Lead", decisions=("Book it.",))
    page = made(words=words)
    assert "Book it." in ia.opening(page).__html__()
    closing = ia.closing(page)
    assert kinds(closing) == ["commentary", "provenance", "handed"]
    assert "Eleven of thirty answered." in closing.__html__()
    assert closing.pieces[-1].data == {"asked": page.about.asked}
    assert ["answers", [NOW]] in page.about.asked


def test_what_it_was_handed_is_for_publication_and_shows_nothing():
    bundle = ia.closing(made()).pieces[-1]._repr_mimebundle_()
    assert "text/html" not in bundle
    assert bundle[MIME]["kind"] == "handed"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (ia.opening, Commentary(decisions=(f"Note that {CLAIM[0].lower()}{CLAIM[1:]}",))),
        (ia.closing, Commentary(CLAIM)),
    ],
)
def test_words_that_claim_too_much_keep_the_page_from_being_made(part, words):
    with pytest.raises(CommentaryError, match=f"commentary on {NOW}"):
        part(made(words=words))


@pytest.mark.parametrize(
    "text",
    [
        "Compliance rose by 26 points.",
        "Families are safer as a result.",
        "The workshops worked.",
        "71% of children have informed consent.",
    ],
)
def test_no_page_is_made_with_a_claim_that_no_row_bears(text):
    with pytest.raises(CommentaryError, match="claims a"):
        ia.closing(made(words=Commentary(text)))


@pytest.mark.parametrize(
    "show",
    [
        ia.measures_table,
        ia.comparison_table,
        ia.reach_table,
        ia.impact_table,
        ia.heat_map,
        ia.grade_bar,
        ia.flow_plot,
        ia.before_after_plot,
        ia.spc_chart,
        ia.funnel_plot,
        ia.timeline,
        ia.headline,
        ia.filters,
        ia.trust_box,
        ia.evidence_table,
    ],
    ids=lambda show: show.__name__,
)
def test_whatever_shows_a_page_needs_nothing_but_the_page(show):
    options = {"caption": "Figures"} if show is ia.evidence_table else {}
    assert show(made(), **options).kind


def test_a_table_of_a_page_is_the_table_of_its_frames():
    page = made()
    plain = ia.measures_table(page.released, standards=page.about.standards)
    assert ia.measures_table(page).html == plain.html
    assert isinstance(page.released, pd.DataFrame)
