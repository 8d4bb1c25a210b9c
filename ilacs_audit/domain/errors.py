"""One family of errors, written for a QA lead, each with the exit code a scheduler sees.

A message says what was found, where, by which rule, and what to do. It never carries a
child's name: values that could identify someone stay in the private fix list.
"""

from __future__ import annotations


class AuditError(Exception):
    """Something a person can put right; printed without a traceback."""

    exit_code = 1

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

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.what, self.where, self.fix)


def _rebuild(kind: type[AuditError], what: str, where: str, fix: str) -> AuditError:
    """Make the error again on the far side of a process, where keyword options would be lost."""
    return kind(what, where=where, fix=fix)


class UsageError(AuditError):
    """The command was called with something it does not know."""

    exit_code = 2


class ReturnsError(AuditError):
    """A return cannot be read, or cannot be read without guessing."""

    exit_code = 11


class CatalogueError(AuditError):
    """The standards, the plan or the programme contradict themselves."""

    exit_code = 12


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
