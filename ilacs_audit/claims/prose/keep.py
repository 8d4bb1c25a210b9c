"""The door through which people's words reach a page: licensed by the page's own figures, or refused.

The evidence is what was released to this reader. A figure that the reader may not see licenses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from ilacs_audit.claims.change.impact import Impact
from ilacs_audit.claims.prose.findings import Findings
from ilacs_audit.claims.prose.linter import QUANTITIES, ProseProblem, lint_prose
from ilacs_audit.claims.words import plural
from ilacs_audit.domain import given
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.errors import CommentaryError
from ilacs_audit.domain.measures import rows, select
from ilacs_audit.domain.standards import Standards

_CLAIMING = re.compile(
    r"\W*(?:to )?(?:please )?(?:note|notes|welcome|recognise|acknowledge|accept|endorse|be |take |agree that)",
    re.I,
)


def licensed(
    words: str | Sequence[str],
    released: pd.DataFrame,
    *,
    standards: Standards | None = None,
    impacts: Mapping[str, Impact] | None = None,
    about: str = "",
    request: bool = False,
) -> tuple[str, ...]:
    """Give back the paragraphs of a person if a report's released measures bear every word of them.

    `standards` gives the plain names by which prose calls a standard, `impacts` the impact statuses that
    are not rows of `released`, `about` the entry of the commentary for the message. A `request` is what a
    board is asked: "before every closure" counts nothing there, but "note that" claims like any sentence.
    Raises CommentaryError (exit 17) naming sentence, word, rule and a wording that would pass.

    >>> from ilacs_audit.domain.measures import measures
    >>> licensed("Eleven of thirty families answered.", measures([]))
    ('Eleven of thirty families answered.',)
    """
    released, standards = doors.findings(released), given.of_kind(standards, Standards, "standards")
    paragraphs = (words,) if isinstance(words, str) else tuple(words)
    problems = refused(paragraphs, released, standards=standards, impacts=impacts, request=request)
    if problems:
        first, *others = problems
        more = f" {len(others)} more {plural('word', len(others))} of it cannot stand either." if others else ""
        raise CommentaryError(
            f"“{first.sentence}” cannot be published: {first.told}{more}",
            where=f"the commentary on {about}" if about else "the commentary",
            fix=f"Write what the figures bear, such as: {first.suggestion}",
        )
    return paragraphs


def refused(
    words: Sequence[str],
    released: pd.DataFrame,
    *,
    standards: Standards | None = None,
    impacts: Mapping[str, Impact] | None = None,
    request: bool = False,
) -> tuple[ProseProblem, ...]:
    """Every word of a person's paragraphs that a report's released measures do not bear."""
    found = lint_prose("\n\n".join(words), evidence(released, standards, impacts=impacts))
    return tuple(each for each in found if not (request and _asks(each)))


def evidence(
    released: pd.DataFrame, standards: Standards | None, *, impacts: Mapping[str, Impact] | None = None
) -> Findings:
    """What words may rest on: the released rows, the impact statuses, and what prose calls each standard."""
    return Findings(released, {**_impacts(released), **(impacts or {})}, _names(standards))


def _asks(problem: ProseProblem) -> bool:
    """Whether "all" or "most" says only how much is asked for."""
    return problem.rule in QUANTITIES and not _CLAIMING.match(problem.sentence)


def _names(standards: Standards | None) -> dict[str, tuple[str, ...]]:
    """What prose may call each theme and standard."""
    if standards is None:
        return {}
    themes = {theme.id: (theme.title,) for theme in standards.themes}
    return themes | {
        each.id: tuple(filter(None, (each.plain.rstrip("."), each.text.rstrip(".")))) for each in standards
    }


def _impacts(released: pd.DataFrame) -> dict[str, Impact]:
    """The impact statuses that a report shows, by standard."""
    shown = (row for row in rows(select(released, measure="impact")) if not row.hidden)
    return {row.standard_id: Impact(row.verdict, row.note, row.rule, row.reason) for row in shown}
