"""What became of a decision that an edition asked for: its code, what was decided, when and by which role."""

from datetime import date
from typing import Annotated

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from ilacs_audit.domain.audiences import AUDIENCES
from ilacs_audit.domain.calendar import add_months
from ilacs_audit.domain.catalogue.fields import Day, Entry, Role, Text, among, fault
from ilacs_audit.domain.references.challenges import SEEN_BY, Code

DECISIONS = "decisions.yml"


@dataclass(frozen=True)
class Decided(Entry):
    """One outcome: the code of the decision, what was decided (or that nothing was), the day, and who decided.

    It is told to the readers of the `audience` and to those who may see more, until a month after its day.
    """

    code: Code
    decided: Text
    decided_on: Day
    by: Role
    audience: Annotated[str, among(*AUDIENCES)] = "board"

    @model_validator(mode="after")
    def _somebody(self) -> "Decided":
        if not self.by:
            raise fault("Nobody decided.", "Write under 'by' which role decided, such as Improvement board.")
        return self

    def written(self) -> dict[str, str]:
        """The entry as a file has it."""
        return {name: str(each) for name, each in vars(self).items() if each != "" and name[0] != "_"}

    def for_audience(self, audience: str) -> bool:
        """Whether the readers of an edition are told."""
        return audience in SEEN_BY[self.audience]

    def stands(self, day: date) -> bool:
        """Whether a front page with evidence to a day tells it: decided by then, and not more than a month ago."""
        return self.decided_on <= day <= add_months(self.decided_on, 1)
