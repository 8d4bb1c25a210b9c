"""What readers asked of a figure: the code that they copied, their words, and what they were answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import model_validator
from pydantic.dataclasses import dataclass as written

from ilacs_audit.domain.audiences import AUDIENCES
from ilacs_audit.domain.calendar import add_months
from ilacs_audit.domain.catalogue.fields import Day, Entry, Kind, Month, Role, Text, among, fault
from ilacs_audit.domain.errors import quoted
from ilacs_audit.domain.references.codes import LETTERS, LONGEST, SHORTEST, is_reference

CHALLENGES = "challenges.yml"
SEEN_BY = {name: [*AUDIENCES][: place + 1] for place, name in enumerate(AUDIENCES)}


def _code(value: Any) -> str:
    text = str(value).strip().upper()
    if not is_reference(text):
        fix = f"Copy the {SHORTEST} letters that stand beside the figure; ilacs-audit find CODE says what it is."
        raise fault(f"{quoted(value)} is not a reference code.", fix)
    return text


Code = Annotated[str, Kind(_code, "string", pattern=f"^[{LETTERS}]{{{SHORTEST},{LONGEST}}}$")]


@written(frozen=True)
class Challenge(Entry):
    """One challenge: the code, the words, who asked (a role, never a name), when, and of which month's edition.

    It belongs to the `audience` of that edition: readers who may see less are not told of it. `page` is needed where
    two pages have figures of one code. A challenge without an answer is open.
    """

    code: Code
    words: Text
    by: Role
    raised_on: Day
    period: Month
    audience: Annotated[str, among(*AUDIENCES)] = "board"
    page: Text = ""
    answer: Text = ""
    answered_on: Day | None = None
    answered_by: Role = ""

    @model_validator(mode="after")
    def _in_order(self) -> "Challenge":
        if not self.by:
            raise fault("Nobody asks.", "Write under 'by' which role asked, such as Independent chair.")
        if self.raised_on < self.period.first:
            raise fault("It was raised before the month of its edition began.", "Correct raised_on or period.")
        if bool(self.answer) is not bool(self.answered_on):
            raise fault("An answer has its day, and a day its answer.", "Write both, answer and answered_on.")
        if self.answered_on and self.answered_on < self.raised_on:
            raise fault("It was answered before it was raised.", "Correct raised_on or answered_on.")
        return self

    def written(self) -> dict[str, str]:
        """The entry as a file has it."""
        return {name: str(each) for name, each in vars(self).items() if each not in ("", None) and name[0] != "_"}

    def for_audience(self, audience: str) -> bool:
        """Whether the readers of an edition are told: those it was raised among, and those who may see more."""
        return audience in SEEN_BY[self.audience]

    def stands(self, day: date) -> bool:
        """Whether it stands on a front page with evidence to a day: raised by then, and not answered a month ago."""
        done = self.answered_on
        return self.raised_on <= day and (done is None or day <= add_months(done, 1))

    def answered(self, day: date) -> bool:
        """Whether it had been answered by a day."""
        return self.answered_on is not None and self.answered_on <= day


@dataclass(frozen=True)
class ChallengeTold:
    """A challenge as an edition tells it: what its figure said then and says now, in words, and on which page."""

    challenge: Challenge
    then: str = ""
    now: str = ""
    title: str = ""
    href: str = ""


def standing(challenges: Sequence[Challenge], *, audience: str, day: date) -> list[Challenge]:
    """The challenges that an edition tells its readers of: open ones first, the longest waiting at the head."""
    told = [each for each in challenges if each.for_audience(audience) and each.stands(day)]
    return sorted(told, key=lambda each: (each.answered(day), each.raised_on, each.code))
