"""The words of a page around its tables: question and answer, findings, decisions, provenance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from ilacs_audit.display.fragments import Fragment, fragment, records, released_rows
from ilacs_audit.display.tables import figures_table
from ilacs_audit.domain.errors import UsageError


def title(question: str, *, answer: str, more: Sequence[str] = ()) -> Fragment:
    """Open a page with the reader's question and the answer in one breath: the only h1."""
    data = {"question": question, "answer": answer}
    return fragment("title", template="title.html.j2", data=data, question=question, answer=answer, more=list(more))


def headline(sentences: Iterable[str], *, heading: str = "What we now know") -> Fragment:
    """The sentences that claims made from results, one line each."""
    said = list(sentences)
    data = {"headline": said}
    return fragment(
        "headline", template="list.html.j2", data=data, heading=heading, items=said, listed=True, boxed=False, by=""
    )


def commentary(paragraphs: str | Iterable[str], *, heading: str = "What this means", by: str = "") -> Fragment:
    """Words about the results, in paragraphs; `by` names the role that wrote them, if a person did."""
    said = [paragraphs] if isinstance(paragraphs, str) else list(paragraphs)
    return fragment(
        "commentary",
        template="list.html.j2",
        data={"paragraphs": said},
        heading=heading,
        items=said,
        listed=False,
        boxed=True,
        by=by,
    )


def decisions(asked: Iterable[str], *, heading: str = "What the board is asked to decide") -> Fragment:
    """What the reader is asked to decide. That nothing is asked must be typed by a person.

    Raises UsageError where nothing was typed.
    """
    items = [asked] if isinstance(asked, str) else [each for each in asked if each.strip()]
    if not items:
        raise UsageError(
            "Nobody has stated what the board is asked to decide.",
            fix="Write the decisions in the commentary file, or write 'None stated' if there are none.",
        )
    return fragment(
        "decisions",
        template="list.html.j2",
        data={"decisions": items},
        heading=heading,
        items=items,
        listed=True,
        boxed=False,
        by="",
    )


def provenance(
    released: pd.DataFrame,
    *,
    method: Sequence[str],
    terms: Mapping[str, str] | None = None,
    reference: str = "",
    heading: str = "How far to trust this page",
) -> Fragment:
    """How the numbers were made, what the words mean, the code to quote, the figures to copy."""
    found = released_rows(released)
    return fragment(
        "provenance",
        template="provenance.html.j2",
        data={"reference": reference, "released": records(found)},
        heading=heading,
        method=list(method),
        terms=sorted((terms or {}).items()),
        table=figures_table(found) if found else None,
        reference=reference,
    )
