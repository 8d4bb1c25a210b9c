"""Remember every released number, and hold back the next one that could be subtracted from it.

Two tables that are each safe can differ by one child (E8). A rule for one table cannot see
that; a list of what has been released can (rules D8 and P7). The ledger reads and writes no
file: it becomes JSON and comes from JSON, and the caller keeps it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from ilacs_audit.disclosure.ledger.differencing import (
    CONFLICT_COLUMNS,
    ReleasedNumber,
    against_wholes,
    over_running,
    over_time,
    reappeared,
)
from ilacs_audit.disclosure.ledger.rounded_windows import over_rounded_time
from ilacs_audit.disclosure.ledger.services import Teams, beside, withheld_at
from ilacs_audit.disclosure.rules import OF_STAFF
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL
from ilacs_audit.domain.audiences import AUDIENCES, SERVICE, is_audience
from ilacs_audit.domain.audiences import audience as find_audience
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import PendingError
from ilacs_audit.domain.measures import AS_TOLD, HIDDEN, earlier_round, rows


class LedgerCell(NamedTuple):
    """One released number: what it counts, over which months, for whom, and k and n or [c]."""

    measure: str
    theme: str
    standard_id: str
    group: str
    level: str
    period: str
    window: str
    audience: str
    value: str
    hash: str

    @property
    def known(self) -> ReleasedNumber:
        """The cell as the attacker by subtraction needs it."""
        k, _, n = self.value.partition(" of ")
        first, _, last = (self.window or self.period).partition("/")
        key = (self.measure, self.theme, self.standard_id, self.group, self.level)
        hidden = self.value == CONFIDENTIAL
        return ReleasedNumber(
            key, first, last or first, None if hidden else int(k), int(n) if n else None, self.audience
        )


@dataclass(frozen=True)
class Ledger:
    """Everything that has been released so far."""

    cells: tuple[LedgerCell, ...] = ()

    @cached_property
    def known(self) -> list[ReleasedNumber]:
        """The cells as the attacker by subtraction needs them."""
        return [cell.known for cell in self.cells]

    def with_release(self, released: pd.DataFrame, *, window: str = "") -> Ledger:
        """The ledger with a release added; what it already holds is not repeated.

        `window` is "2024-04/2024-11" where the numbers run over several months, such as a
        year to date; otherwise each number speaks for its own period.
        """
        return Ledger(tuple(dict.fromkeys((*self.cells, *_cells(released, window)))))

    def conflicts(
        self,
        released: pd.DataFrame,
        *,
        window: str = "",
        nesting: Mapping[str, str] | None = None,
        ordinary: Collection[str] = (),
        services: Teams | None = None,
    ) -> pd.DataFrame:
        """What this release would give away together with earlier ones.

        Compares with earlier windows and restatements of the same number, with the whole
        service and the parents named in `nesting` (level -> the level it lies in), and with
        what other audiences were not shown; `ordinary` are breakdowns that a person calls no
        sensitive ones. Rounded numbers are compared as the ranges they stand for. `services`
        (the name of each service's edition, with its teams) compares the board's numbers with those of services.

        Returns a table with `rule, measure, standard_id, group, level, period, with_period,
        reason`; it is empty when nothing can be worked out, and never holds the difference.
        """
        new = [cell.known for cell in _cells(released, window)]
        if not new or find_audience(new[0].audience).protects == "none":
            return pd.DataFrame(columns=list(CONFLICT_COLUMNS))
        about = find_audience(new[0].audience, ordinary=ordinary)
        current = {*AUDIENCES, *(services or {})}
        ours = [cell for cell in self.known if cell.audience == about.id]
        if about.service and services:  # another name that a service had is one of its own, too
            ours += [cell for cell in self.known if cell.audience not in current]
        found = [*reappeared(new, self.known, about=about)]
        if about.rounded_to == 1:
            found += over_time(new, ours, about=about)
            found += over_running(new, ours, about=about)
            found += against_wholes(new, ours, nesting=nesting or {}, about=about)
            found += beside(new, self.known, about=about, teams=services or {})
        else:
            found += over_rounded_time(new, ours, about=about)
        return pd.DataFrame(sorted(set(found)), columns=list(CONFLICT_COLUMNS))

    def to_json(self) -> str:
        """The ledger as text, a line a cell, the same for the same releases."""
        return json.dumps([cell._asdict() for cell in self.cells], indent=0, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Ledger:
        """The ledger that a text holds; an empty text is an empty ledger."""
        return cls(tuple(LedgerCell(**each) for each in json.loads(text or "[]")))


def held_against(
    ledger: Ledger,
    pages: Mapping[str, pd.DataFrame],
    *,
    rounds: Mapping[str, Mapping[str, str]] | None = None,
    window: str = "",
    standing: Collection[str] = (),
    ordinary: Collection[str] = (),
    services: Teams | None = None,
) -> tuple[Ledger, dict[str, PendingError]]:
    """The ledger with the pages of an edition added that may go out, and why each of the others may not.

    `pages` is report id -> what its page shows, all for one audience; `rounds` is report id -> month -> the
    audit of that month. A number of one audit is the same number on whichever page it stands, and two audits
    of one theme in a month are different numbers; a page of no audit speaks for itself. `standing` are pages that
    readers have as they are, which tell nobody anything new. A page may not go out where something could be
    subtracted, or is hidden on one page and shown on another; the reasons name no number.
    """
    kept = {name: _of_audits(frame, (rounds or {}).get(name, {}), name) for name, frame in pages.items()}
    refused = _disagreeing(kept, standing)
    for name, frame in kept.items():
        fresh = frame if name not in {*standing, *refused} else frame.head(0)
        found = ledger.conflicts(fresh, window=window, services=services, ordinary=ordinary)
        if len(found):
            refused[name] = _given_away(name, found)
        if name not in refused:
            ledger = ledger.with_release(frame, window=window)
    return ledger, refused


def gives_away(
    ledger: Ledger, frame: pd.DataFrame, page: str, *, rounds: Mapping[str, str], services: Teams
) -> set[tuple[str, ...]]:
    """Where a page of a service tells few beside what others show: standard, group, level and month of each place."""
    found = ledger.conflicts(_of_audits(frame, rounds, page), services=services)
    ours = found[found["rule"].isin((SERVICE, "shown again"))]
    return set(ours[["standard_id", "group", "level", "period"]].itertuples(index=False, name=None))


def hidden_at(frame: pd.DataFrame, places: Collection[tuple[str, ...]]) -> pd.DataFrame:
    """A released page with what stands at these places hidden."""
    gone = pd.Series([withheld_at(row, places) for row in rows(frame)], index=frame.index, dtype=bool)
    counts = {name: frame[name].mask(gone) for name in ("numerator", "denominator")}
    return frame.assign(status=frame["status"].mask(gone, "secondary"), **counts)


_TWO_PAGES = (
    "Make both pages in one run, without --only; if they differ even so, leave the breakdown out of one of them."
)
_ONE_PAGE = "Two lines of the page have one name: give each its own name, or count them as one."


def _disagreeing(pages: Mapping[str, pd.DataFrame], standing: Collection[str]) -> dict[str, PendingError]:
    """The pages that show what another hides, or show it otherwise (rule D6); beside one that stands, the new one."""
    seen: dict[tuple[object, ...], tuple[str, str]] = {}
    found: dict[str, PendingError] = {}
    for name in sorted(pages, key=lambda each: each not in standing):
        for cell in _cells(pages[name], ""):
            first, value = seen.setdefault((*cell.known.key, cell.period), (name, cell.value))
            if value != cell.value:
                hidden = CONFIDENTIAL in (value, cell.value)
                how = "hidden on one page and shown on another" if hidden else "not the same on two pages"
                what = f"{cell.measure.replace('_', ' ')} {cell.standard_id} by {cell.group}, {cell.period}"
                why = PendingError(
                    f"A number is {how if first != name else 'told twice on one page, and not the same'}.",
                    where=f"{first} and {name}: {what}" if first != name else f"{name}: {what}",
                    fix=_TWO_PAGES if first != name else _ONE_PAGE,
                )
                found |= {page: why for page in (first, name) if page not in {*standing, *found}}
    return found


def _given_away(page: str, found: pd.DataFrame) -> PendingError:
    """The refusal of a page, naming no number and no level."""
    first = found.iloc[0]
    many = f"{len(found)} numbers" if len(found) > 1 else "One number"
    return PendingError(
        f"{many} could be worked out from what was released before. {first['reason']}",
        where=f"{page}: {first['measure'].replace('_', ' ')} {first['standard_id']} by {first['group']}, "
        f"beside {first['with_period']}",
        fix="Readers keep the earlier page of the month, if there is one. Run it again once more has changed in the "
        "same group (late returns, corrections, pairs of records that somebody answered), or leave its breakdown out.",
    )


def _of_audits(frame: pd.DataFrame, rounds: Mapping[str, str], page: str) -> pd.DataFrame:
    """What the ledger keeps of a page, each number under the audit that it is of; a change tells two numbers."""
    known = frame["reason"].str.startswith(AS_TOLD) if "reason" in frame else False  # of another day than the rest
    kept = pd.concat([frame[~(frame["measure"].isin(OF_STAFF) | known)], _earlier_rounds(frame, rounds)])
    about = zip(kept["theme"], kept["period"], strict=True)
    return kept.assign(theme=[f"{theme} in {rounds.get(period, page)}" for theme, period in about])


def _earlier_rounds(frame: pd.DataFrame, rounds: Mapping[str, str]) -> pd.DataFrame:
    """The counts of the earlier round, which a change tells in words, as rows of that round."""
    months = {Period.parse(each).words: each for each in rounds}
    told = {place: earlier_round(note) for place, note in frame.loc[frame["measure"] == "change", "note"].items()}
    known = {place: found for place, found in told.items() if found and found[2] in months}
    return frame.loc[list(known)].assign(
        measure="compliance",
        numerator=pd.array([met for met, _, _ in known.values()], dtype="Int64"),
        denominator=pd.array([read for _, read, _ in known.values()], dtype="Int64"),
        period=[months[month] for *_, month in known.values()],
    )


def _cells(released: pd.DataFrame, window: str) -> Iterator[LedgerCell]:
    """The counts of a release; only what the release shows, so the ledger is as safe as the page."""
    for row in rows(released):
        hidden = row.status in HIDDEN
        if is_audience(row.audience) and (hidden or row.numerator is not None):
            told = f"{row.numerator}" if row.denominator is None else f"{row.numerator} of {row.denominator}"
            what = (row.measure, row.theme, row.standard_id, row.group, row.level, row.period, window, row.audience)
            about = (*what, CONFIDENTIAL if hidden else told)
            yield LedgerCell(*about, hashlib.blake2b("\x1f".join(about).encode(), digest_size=8).hexdigest())
