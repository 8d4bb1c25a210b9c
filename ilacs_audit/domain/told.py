"""What the pages of an edition told their readers: released measures and no others.

A front page is made of these, so it can say nothing that a page hides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ilacs_audit.domain.about import Commentary, Dossier
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.plan import Area, Item
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.references.challenges import ChallengeTold
from ilacs_audit.domain.references.decided import Decided
from ilacs_audit.domain.standards import Theme

LAST = "9999"  # after every day that is written


class Asked(NamedTuple):
    """A decision in words, its day, whether officers have it, what it answers and rests on, who is to act, its code."""

    words: str
    by: str = ""
    instructed: bool = False
    answers: Sequence[str] = ()
    rests_on: str = ""
    who: str = ""
    reference: str = ""


@dataclass(frozen=True)
class PageTold:
    """One page: its title and area, its audit or area of the plan, its file and that of its figures, what it showed.

    `href` is empty where there is no page, and `note` says why; of a page that is there, what its edition says of it.
    `answer` is what it opens with. `restated` are the counts that readers were first given otherwise: a standard or
    "returned", then and now.
    """

    title: str
    area: str = ""
    audit: str = ""
    plan: str = ""
    href: str = ""
    figures: str = ""
    note: str = ""
    answer: str = ""
    asked: tuple[Asked, ...] = ()
    released: tuple[Row, ...] = ()
    restated: tuple[tuple[str, str, str], ...] = ()


class StatusTold(NamedTuple):
    """What an edition said of one area of the plan: its activity, its impact status with the word shown, its rule."""

    code: str
    activity: str
    status: str
    word: str
    rule: str


@dataclass(frozen=True)
class EditionTold:
    """Every page of an edition, in the order of its timetable, and what its readers asked.

    `about` is its month and its readers.

    `paper` is the file of the page on the improvement plan. `before` is the last edition that the same readers were
    given, with the `statuses` of the plan as it told them and what has been `decided` since of what it and those before
    it asked; None where this one is their first.
    """

    about: Dossier
    pages: tuple[PageTold, ...]
    spreadsheet: str = ""
    paper: str = ""
    statuses: tuple[StatusTold, ...] = ()
    before: EditionTold | None = None
    challenges: tuple[ChallengeTold, ...] = ()
    decided: tuple[Decided, ...] = ()

    def codes(self, page: PageTold) -> Sequence[str]:
        """The areas and items of the plan that a page is about: those of its audit, else of its report."""
        if not page.audit:
            return (page.plan,) if page.plan else ()
        return self.codes_of(self.about.handed.protocol(page.audit))

    def codes_of(self, audit: Audit) -> Sequence[str]:
        """The areas and items of the plan on which an audit is evidence: it names them, or they name its theme."""
        lines = self.about.handed.plan().lines
        return (*audit.areas, *(each.id for each in lines if audit.theme in each.themes))


@dataclass(frozen=True)
class AuditTold:
    """What the pages about one audit told of the whole service: standards weakest first, and changes.

    `critical` holds the failures of critical standards and what was put right, `facts` how far to trust it, and
    `agencies` what each of its agencies returned.
    """

    audit: Audit
    pages: tuple[PageTold, ...]
    standing: tuple[Row, ...]
    changes: tuple[Row, ...]
    critical: tuple[Row, ...]
    facts: Mapping[str, Row]
    agencies: tuple[Row, ...] = ()


@dataclass(frozen=True)
class AreaTold:
    """One practice area: its theme, its audits of the month with the one that speaks for it first, its next look.

    The next look is the earliest of its audits: `next_on` is a day or a month in words, `next_size` how many files are
    booked, and `next_of` the title of the audit where it is not the one that speaks.
    """

    theme: Theme
    audits: tuple[AuditTold, ...]
    next_on: str
    next_size: int | None
    next_of: str = ""

    @property
    def speaks(self) -> AuditTold:
        """The audit that the area is judged by."""
        return self.audits[0]


@dataclass(frozen=True)
class PracticeLine:
    """One line of the answer: a standard of an area, and its change where that is a real one."""

    area: AreaTold
    row: Row
    change: Row | None = None


@dataclass(frozen=True)
class Overview:
    """An edition by area, worst first, and the few lines of practice that answer for it.

    `sums` are the facts of all audits as one, k and n; a fact that any page hides has none.
    """

    edition: EditionTold
    areas: tuple[AreaTold, ...]
    lines: tuple[PracticeLine, ...]
    sums: Mapping[str, tuple[int, int]]

    @property
    def audits(self) -> Sequence[AuditTold]:
        """Every audit of the edition, in the order of its area."""
        return [each for area in self.areas for each in area.audits]


class Seen(NamedTuple):
    """A released row that speaks to a line of the plan, the page that shows it, and the row of its change."""

    row: Row
    page: PageTold
    change: Row | None = None


@dataclass(frozen=True)
class LineTold:
    """One area or item of the plan, and all that the pages of an edition released on it.

    `activity` is '' where nothing says it. `status` is an impact status with its `rule` and `reason`, or '' where
    there is none. `pair` is what the two mean together. `standing` are impact rows, the weakest first, of which
    `unshown` more are hidden; `registers` the counts of registers, `actions` those of the register of actions,
    `audits` the audits of the month with what came back, `reached` whom their training reached.
    `next_on` is the day that tells more, with how many files.
    """

    line: Area | Item
    activity: str
    status: str
    rule: str
    reason: str
    pair: str
    standing: tuple[Seen, ...]
    unshown: int
    registers: tuple[Seen, ...]
    actions: tuple[Seen, ...]
    audits: tuple[tuple[Audit, Row | None], ...]
    next_on: date | None
    next_size: int | None
    words: Commentary
    items: tuple[LineTold, ...] = ()
    reached: tuple[Seen, ...] = ()


@dataclass(frozen=True)
class PlanTold:
    """The improvement plan of an edition, area by area, in the order of the plan.

    `astray` are the counts of actions that name no area of it.
    """

    edition: EditionTold
    areas: tuple[LineTold, ...]
    astray: tuple[Seen, ...] = ()


class Turned(NamedTuple):
    """A standard whose verdict is another than in the edition before: its row then and now, and where it is told.

    `change` is what may be said of the two rounds, where a page compares them; `again` says that both are of one round.
    """

    was: Row
    now: Row
    area: AreaTold
    page: PageTold
    change: Row | None
    again: bool


class Restated(NamedTuple):
    """A figure of an earlier day or month that is now told otherwise: of what, of when, then and now, and why."""

    what: str
    when: str
    was: str
    now: str
    why: str
    href: str


class Overdue(NamedTuple):
    """A decision that an earlier edition asked, as it is asked again where it is, and what was decided.

    Its day has passed, or it was decided before that.
    """

    was: Asked
    again: Asked | None
    decided: Decided | None = None


@dataclass(frozen=True)
class Since:
    """What is told otherwise than in the edition before; of the first edition `last` is None and the rest is empty.

    `compared` is of how many standards both editions show a verdict, and `unshown` that a count or verdict of others is
    not shown in one of them. `moved` says that a round of this edition can be told apart from the round before it.
    `statuses` are pairs, then and now; `new` and `gone` titles of audits; `overdue` decisions asked of the readers.
    """

    edition: EditionTold
    last: EditionTold | None = None
    compared: int = 0
    unshown: bool = False
    moved: bool = False
    turned: tuple[Turned, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    statuses: tuple[tuple[StatusTold, StatusTold], ...] = ()
    restated: tuple[Restated, ...] = ()
    overdue: tuple[Overdue, ...] = ()
