"""The improvement plan: areas A1 to A12 and the items inside them."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic.dataclasses import dataclass

from ilacs_audit.domain.catalogue.faults import Place, at, one_of, read_as, refuse, some, used_twice
from ilacs_audit.domain.catalogue.fields import Codes, Day, Entry, Text, Texts, among
from ilacs_audit.domain.errors import CatalogueError

ACTIVITY = ("not started", "on track", "delayed", "complete", "stopped")


@dataclass(frozen=True)
class Item(Entry):
    """One numbered line of an area, such as A2.3. An empty status is 'not stated', never read as good news."""

    id: Text
    title: Text
    activity: Annotated[str, among(*ACTIVITY, "")] = ""
    impact_on: Day | None = None
    measured_by: Texts = ()
    themes: Codes = ()  # whose audits are evidence on it, beside those whose protocol names it
    reports: Codes = ()  # on registers, whose pages are


@dataclass(frozen=True)
class Framework(Entry):
    """The tag of the Children's Social Care National Framework as somebody quoted it, and who: never derived by us."""

    quoted: Text
    by: Annotated[str, among("ofsted", "council")]


@dataclass(frozen=True)
class Area(Entry):
    """One area for improvement, matched by its code because titles vary."""

    id: Text
    title: Text
    needs: Text
    activity: Annotated[str, among(*ACTIVITY, "")] = ""
    impact_on: Day | None = None
    measured_by: Texts = ()
    themes: Codes = ()  # whose audits are evidence on it, beside those whose protocol names it
    reports: Codes = ()  # on registers, whose pages are
    framework: Framework | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Plan(Entry):
    """The whole improvement plan."""

    areas: tuple[Area, ...] = ()

    def __getitem__(self, area_id: str) -> Area:
        return one_of(self.areas, area_id, "plan area", where="data/plan.yml")

    @property
    def lines(self) -> tuple[Area | Item, ...]:
        """Every area, each with its items after it."""
        return tuple(each for _, each in _placed(self))

    @property
    def codes(self) -> frozenset[str]:
        """Every code of an area or an item."""
        return frozenset(each.id for each in self.lines)


def read_plan(entries: object, *, file: str) -> Plan:
    """Turn the plan (its areas, or the whole file) into areas.

    Raises CatalogueError naming the line, the area and the field of every fault.
    """
    content = entries if isinstance(entries, Mapping) else {"areas": some(entries, "areas", file=file)}
    plan = read_as(Plan, content, file=file)
    twice = used_twice(((each.id, place) for place, each in _placed(plan)), content, file=file)
    refuse((*twice, *_unseen(plan, content, file)))
    return plan


def _placed(plan: Plan) -> Iterator[tuple[Place, Area | Item]]:
    """Every area and item, with its place in the file."""
    for number, area in enumerate(plan.areas):
        yield ("areas", number), area
        yield from ((("areas", number, "items", place), item) for place, item in enumerate(area.items))


def _unseen(plan: Plan, content: object, file: str) -> Iterator[CatalogueError]:
    """Complete actions without the day on which impact can be measured: nobody could ever say that they helped."""
    for place, action in _placed(plan):
        dated = isinstance(action, Area) and any(item.impact_on for item in action.items)
        if action.activity == "complete" and action.impact_on is None and not dated:
            yield CatalogueError(
                "The action is complete, and nothing says when its impact can be measured.",
                where=at(content, place, file=file),
                fix="Add impact_on, the date of the audit that will show it, or change the activity status.",
            )
