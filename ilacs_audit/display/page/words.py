"""The words of a page around its tables: question and answer, findings, decisions, provenance."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.claims.prose.keep import licensed
from ilacs_audit.claims.sentences import headlines
from ilacs_audit.claims.sentences.method_notes import method_notes
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.fragments import Fragment, fragment, released_rows
from ilacs_audit.display.tables.evidence import figures_table
from ilacs_audit.domain import given
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.measures import select
from ilacs_audit.domain.standards import Standards

UNSTATED = "Not yet stated. A person must write what is asked, or that nothing is."


def _opened(page: Page) -> dict[str, Any]:
    topic = page.about.topic
    return {"question": topic.question if topic else "", **_headlined(page)}


def _headlined(page: Page) -> dict[str, Any]:
    return {"released": page.released, "unit": page.about.unit, "standards": page.about.standards}


@accepts(Page, _opened)
def title(
    question: str,
    *,
    answer: str | None = None,
    released: pd.DataFrame | None = None,
    unit: str = "file",
    standards: Standards | None = None,
) -> Fragment:
    """Open a page with the reader's question and the answer in one breath: the only h1.

    Without an `answer`, the headline of the released measures is the answer.
    """
    if not isinstance(question, str) or not question:
        raise UsageError("A page needs a question.", fix="Give title() a question=, or open an audit, which has one.")
    if answer is None and released is None:
        raise UsageError("A page needs an answer.", fix="Give title() an answer=, or released= to make one from.")
    answer = _headline(released, unit, standards) if answer is None else answer
    said: dict[str, Any] = {"question": question, "answer": answer}
    return fragment("title", template="title.html.j2", data=said, **said)


@accepts(Page, _headlined)
def headline(released: pd.DataFrame, *, unit: str = "file", standards: Standards | None = None) -> Fragment:
    """The answer in a line or two, in the words of the standards, where a page needs it away from its title."""
    said = _headline(released, unit, standards)
    return fragment("headline", template="list.html.j2", data={"headline": said}, items=[said])


def _written(page: Page) -> dict[str, Any]:
    """A person's words are judged by every row of their page."""
    said = {"written": page.about.words.paragraphs, "by": page.about.words.by, "about": page.about.id}
    return {"released": page.released, "standards": page.about.standards, "unit": page.about.unit, **said}


@accepts(Page, _written)
def commentary(
    released: pd.DataFrame,
    *,
    standards: Standards | None = None,
    unit: str = "file",
    people: str = "child",
    heading: str = "What this means",
    written: Sequence[str] = (),
    by: str = "",
    about: str = "",
    measure: str = "",
) -> Fragment:
    """What a person has `written` of the results, and folded under it every result, or one `measure`, in a sentence.

    The sentences come from the claim engine. Raises CommentaryError where a person's words claim
    more than these released measures bear, naming the entry of the commentary that they are `about`.
    """
    released_rows(released)
    written = licensed(written, released, standards=standards, about=about)
    names = {code: f"{asked.rstrip('.')} ({code})" for code, asked in _plain(standards).items()}
    ours = select(released, measure=measure) if measure else released
    said = list(headlines.commentary(ours, names=names, unit=unit, people=people))
    return fragment(
        "commentary",
        template="commentary.html.j2",
        data={"commentary": [*said, *written]},
        heading=heading if written else "",
        written=list(written),
        by=by,
        said=said,
    )


def _asked(page: Page) -> dict[str, Any]:
    sought, standards = page.about.words.decisions, page.about.standards
    return {"asked": licensed(sought, page.released, standards=standards, about=page.about.id, request=True)}


@accepts(Page, _asked)
def decisions(asked: Iterable[str], *, heading: str = "What the board is asked to decide") -> Fragment:
    """What the reader is asked to decide; that nothing is asked must be written by a person too."""
    if isinstance(asked, pd.DataFrame) or not isinstance(asked, Iterable):
        raise UsageError(f"asked= was given {given.told(asked)}, where sentences are needed.", fix="Give them as text.")
    items = [asked] if isinstance(asked, str) else [each for each in asked if each.strip()]
    told: dict[str, Any] = {"items": items or [UNSTATED], "heading": heading, "numbered": True, "boxed": True}
    return fragment("decisions", template="list.html.j2", data={"asked": items}, **told)


def _worked_out(page: Page) -> dict[str, Any]:
    audit = page.about.audit
    notes = method_notes(page.released, audit=audit) if audit else ()
    return {"released": page.released, "method": notes, "standards": page.about.standards}


@accepts(Page, _worked_out)
def provenance(
    released: pd.DataFrame,
    *,
    method: Sequence[str],
    standards: Standards | None = None,
    terms: Mapping[str, str] | None = None,
    reference: str = "",
    heading: str = "How it was worked out",
) -> Fragment:
    """How the numbers were made, what the words mean, the code to quote, the figures to copy."""
    found = released_rows(released)
    return fragment(
        "provenance",
        template="provenance.html.j2",
        data={"reference": reference},
        released=found,
        heading=heading,
        method=list(method),
        terms=sorted((terms or {}).items()),
        table=figures_table(found, standards=standards) if found else None,
        reference=reference,
    )


def _headline(released: Any, unit: str, standards: Standards | None) -> str:
    released_rows(released)
    return headlines.headline(released, unit=unit, names=_plain(standards))


def _plain(standards: Standards | None) -> dict[str, str]:
    return {each.id: each.plain or each.text for each in standards or ()}
