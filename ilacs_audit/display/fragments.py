"""Pieces of a page: the door they pass, the template that makes them, the shape they have.

Display takes only what has been released. A frame without `audience` and `status` is refused
here, and whatever a hidden row may still carry is emptied here, so that no function further
in can print it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined

from ilacs_audit.disclosure.gate.emptied import hide
from ilacs_audit.disclosure.safe_text import printed
from ilacs_audit.display import palette
from ilacs_audit.display.dress import dressed, spoken
from ilacs_audit.domain import given
from ilacs_audit.domain.audiences import is_audience
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.domain.measures import RELEASE_TEXT, Row, rows
from ilacs_audit.domain.standards import Standards

MIME = "application/vnd.ilacs-audit+json"
STATUSES = ("shown", "suppressed", "secondary", "rounded", "low_base")

_UNSAID: Mapping[str, Any] = {
    **dict.fromkeys(("finding", "explain", "heading", "note", "of_all", "change", "only", "kin"), ""),
    **{"key": (), "verdict": None, "more": None, "open": False},
}
_COUNTS_ONLY: dict[str, Any] = {"value": None, "lower": None, "upper": None}


@dataclass(frozen=True, repr=False)
class Fragment:
    """One finished piece of a page: its HTML, and beside it data for the index and `run.json`."""

    kind: str
    html: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def __add__(self, other: Fragment | Fragments) -> Fragments:
        return Fragments((self,)) + other

    def __html__(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return spoken(self.html)

    def _repr_html_(self) -> str:
        return dressed(self.html, css=self.data.get("css", ""))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self), MIME: {"kind": self.kind, **self.data}}


@dataclass(frozen=True)
class Note:
    """What publication reads and no reader sees: data without HTML."""

    kind: str
    data: Mapping[str, Any]
    html = ""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/plain": "", MIME: {"kind": self.kind, **self.data}}


@dataclass(frozen=True, repr=False)
class Fragments:
    """Several pieces shown by one cell of a notebook, each an output of its own."""

    pieces: tuple[Fragment | Note, ...]

    def __add__(self, other: Fragment | Fragments) -> Fragments:
        return Fragments((*self.pieces, *(other.pieces if isinstance(other, Fragments) else (other,))))

    def __html__(self) -> str:
        return "".join(piece.html for piece in self.pieces)

    def _repr_html_(self) -> str:
        return dressed(self.__html__())

    def __repr__(self) -> str:
        return spoken(self.__html__())

    def _ipython_display_(self) -> None:
        from IPython.display import display  # a notebook has it open; a command that shows nothing need not wait

        for piece in self.pieces:
            display(piece)  # type: ignore[no-untyped-call]  # IPython has no types


def fragment(
    kind: str,
    *,
    template: str,
    released: Iterable[Row] | None = None,
    data: Mapping[str, Any] | None = None,
    **context: Any,
) -> Fragment:
    """Fill one template of this folder; every word in it is escaped, and letters that nobody sees are left out.

    The `released` rows that it shows go with it as data. What a part or a drawing can do without need not be given.
    """
    html = environment().get_template(template).render({**_UNSAID, **context})
    return Fragment(kind, html, {**(data or {}), **({} if released is None else {"released": records(released)})})


def nothing(kind: str) -> Fragment:
    """An empty piece: a part with nothing to show takes no room on the page."""
    return Fragment(kind, "", {})


def released_rows(released: pd.DataFrame, standards: Standards | None = None) -> list[Row]:
    """The rows a reader may see, with hidden ones emptied and low bases kept to their counts.

    Raises DisclosureError on a frame that has not been through `release`.
    """
    given.of_kind(standards, Standards, "standards")
    released = doors.findings(released)
    unstated = [name for name in RELEASE_TEXT if name not in released.columns]
    if unstated:
        raise _not_released(f"they have no {' and no '.join(unstated)}")
    found = [_as_seen(row) for row in rows(released)]
    if {row.status for row in found} - set(STATUSES) or not all(is_audience(row.audience) for row in found):
        raise _not_released("a row has no known status or audience")
    if len({row.audience for row in found}) > 1:
        raise _not_released("they were released for more than one audience")
    return found


def records(found: Iterable[Row]) -> list[dict[str, Any]]:
    """The rows as plain data, leaving out what is empty."""
    return [{name: each for name, each in row._asdict().items() if each not in (None, "")} for row in found]


@cache
def environment() -> Environment:
    """The one place where templates meet text: autoescape on, an unknown name is an error."""
    made = Environment(
        loader=PackageLoader("ilacs_audit.display"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["paint"] = palette.paint
    return made


def _as_seen(row: Row) -> Row:
    if row.hidden:
        return hide(row._replace(population=None), status=row.status, base=row.denominator, verdict=row.verdict)
    return row._replace(**_COUNTS_ONLY) if row.status == "low_base" else row


def _not_released(why: str) -> DisclosureError:
    return DisclosureError(
        f"These measures have not been released: {why}.",
        fix="Pass them through ia.release(measures, audience=...) and show what it returns.",
    )
