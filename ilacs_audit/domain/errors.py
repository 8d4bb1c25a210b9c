"""One family of errors, written for a QA lead, each with the exit code a scheduler sees.

A message says what was found, where, by which rule, and what to do. It never carries a
child's name: values that could identify someone stay in the private fix list.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import partial
from html import escape
from pathlib import Path
from traceback import extract_tb, format_exception

_LONGEST = 40
_STOPPED = "The cell stopped here; what it says stands above."
_FOLDED = (
    '<div style="white-space:normal"><p><strong>{told}</strong></p>'
    "<details><summary>For a developer: the traceback</summary><pre>{frames}</pre></details></div>"
)


class AuditError(Exception):
    """Something a person can put right; printed without a traceback."""

    exit_code = 1
    folded = False  # whether a notebook has shown it already; it asks more than once

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        parts = [self.what]
        if self.where:
            parts.append(f"Where: {self.where}.")
        if self.fix:
            parts.append(f"What to do: {self.fix}")
        return " ".join(parts)

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows of it: the sentence, with the traceback folded under it where the notebook can fold."""
        if _folded(self):
            return [_STOPPED]
        frames = [(Path(each.filename), each) for each in extract_tb(self.__traceback__)]
        ours = [f"{path.name}, line {each.lineno}" for path, each in frames if "ilacs_audit" in path.parts]
        return [str(self), *([f"For a developer: {' > '.join(ours)}."] if ours else [])]

    def __reduce__(self) -> tuple[object, ...]:
        # On the far side of a process keyword options would be lost.
        return partial(type(self), where=self.where, fix=self.fix), (self.what,)


class UsageError(AuditError):
    """The command was called with something it does not know."""

    exit_code = 2


class ReturnsError(AuditError):
    """A return cannot be read, or cannot be read without guessing."""

    exit_code = 11


class CatalogueError(AuditError):
    """The standards, the plan or the programme contradict themselves; `parts` where several faults are told at once."""

    exit_code = 12
    parts: tuple[CatalogueError, ...] = ()


class DisclosureError(AuditError):
    """A release would let a reader find a child or a worker."""

    exit_code = 13


class NotebookError(AuditError):
    """A notebook, its parameters or the list of reports cannot be run."""

    exit_code = 14


class StaleInputError(AuditError):
    """The inputs are missing, unchanged or older than the last run."""

    exit_code = 15


class LockedError(AuditError):
    """Another run is at work on the same outputs."""

    exit_code = 16


class CommentaryError(AuditError):
    """A sentence written by a person claims more than the evidence allows."""

    exit_code = 17


class PendingError(AuditError):
    """A page would reveal somebody beside what was released before, so the earlier one stands."""

    exit_code = 18


class UnwrittenError(AuditError):
    """A strict run lacks what only a person can write: a decision, its owner, its date, what the figures mean."""

    exit_code = 19


def _folded(error: AuditError) -> bool:
    """Show an error as a paragraph over its folded traceback, where a person may be asked; else False.

    A notebook that nobody sits at keeps what it prints, so no path of the machine is put into it.
    """
    from IPython import get_ipython  # only a notebook asks

    shell = get_ipython()
    if error.folded or not getattr(getattr(shell, "kernel", None), "_allow_stdin", False):
        return error.folded
    frames = escape("".join(format_exception(error, chain=False)))
    error.folded = True
    shell.display_pub.publish({"text/html": _FOLDED.format(told=escape(str(error)), frames=frames)})
    return True


def quoted(value: object) -> str:
    """What was given, as a message may show it: short, and nothing of what a table holds.

    >>> quoted("Nov-2024"), quoted(None), quoted([1, 2])
    ("'Nov-2024'", "'None'", "'list'")
    """
    plain = value is None or isinstance(value, (str, int, float)) or hasattr(value, "isoformat")
    text = " ".join(str(value if plain else type(value).__name__).split())
    return f"'{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}'"


def near(name: object, known: Iterable[str], *, otherwise: str) -> str:
    """What to do about a name that nobody knows: the names that look like it, or else the advice given.

    >>> near("CON1", ["CON-1", "PLA-2"], otherwise="Correct the id.")
    "Did you mean 'CON-1'? Correct the id."
    """
    spelt, wanted = {bare(each): each for each in known}, bare(name)
    found = [wanted] if wanted in spelt else get_close_matches(wanted, spelt, n=3)
    names = [f"'{spelt[each]}'" for each in found]
    either = " or ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
    return f"Did you mean {either}? {otherwise}" if either else otherwise


def bare(name: object) -> str:
    """A name as it is compared: without case, hyphens and spaces."""
    return "".join(each for each in str(name).casefold() if each.isalnum())
