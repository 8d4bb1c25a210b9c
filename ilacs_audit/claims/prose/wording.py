"""The wording of a theme: it says what auditors wrote in so many files, and no more than that."""

from collections.abc import Iterable, Iterator

from ilacs_audit.claims.prose.linter import UNBORNE, ProseProblem, lint_prose
from ilacs_audit.domain.catalogue.learning import LearningTheme
from ilacs_audit.domain.errors import CommentaryError
from ilacs_audit.domain.measures import measures

_FIX = "Say what was seen on the file, as an auditor would write it; in how many files stands beside it."


def licensed_wording(themes: Iterable[LearningTheme]) -> tuple[LearningTheme, ...]:
    """Give back the themes whose wording claims nothing of direction, degree, quantity, cause or quality.

    That it was written is borne by the count that stands beside it. Raises CommentaryError (exit 17) on the first that
    claims more.
    """
    found = tuple(themes)
    for theme in found:
        if problem := next(refused_words(theme), None):
            what = f"“{theme.wording}” cannot be published: {problem.told}"
            raise CommentaryError(what, where=f"learning.yml, theme {theme.id}", fix=_FIX)
    return found


def refused_words(theme: LearningTheme) -> Iterator[ProseProblem]:
    """What a wording claims beyond that it was written."""
    said = lint_prose(theme.wording, measures([]))
    return iter([each for each in said if each.rule != UNBORNE or any(map(str.isdigit, each.word))])
