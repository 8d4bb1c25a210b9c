"""The improvement plan: areas A1 to A12 and the items inside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from ilacs_audit.domain.catalogue.faults import at, read_as, refuse
from ilacs_audit.domain.catalogue.fields import Day, Entry, Text
from ilacs_audit.domain.catalogue.words import unique
from ilacs_audit.domain.errors import CatalogueError


Activity = Literal["not started", "on track", "delayed", "complete", "stopped"]
ACTIVITY: tuple[str, ...] = get_args(Activity)


@dataclass(frozen=True)
class Item:
    """One numbered line of an area, such as A2.3."""

    id: str
    title: str
    activity: str = ""
    impact_on: date | None = None


@dataclass(frozen=True)
class Area:
    """One area for improvement, matched by its code because titles vary."""

    id: str
    title: str
    needs: str
    activity: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Plan:
    """The whole improvement plan."""

    areas: tuple[Area, ...]

    def __getitem__(self, area_id: str) -> Area:
        for area in self.areas:
            if area.id == area_id:
                return area
        raise CatalogueError(
            f"There is no plan area '{area_id}'.",
            where="data/plan.yml",
            fix="Use one of the codes in the plan.",
        )

    @property
    def codes(self) -> frozenset[str]:
        """Every code of an area or an item."""
        items = (item.id for area in self.areas for item in area.items)
        return frozenset((*(area.id for area in self.areas), *items))


class _Action(Entry):
    id: Text
    title: Text
    activity: Literal[Activity, ""] = ""
    impact_on: Day | None = None


class _AreaEntry(_Action):
    needs: Text
    items: list[_Action] = []


class PlanFile(Entry):
    """The improvement plan as it is written. An empty status is 'not stated', never read as good news."""

    areas: list[_AreaEntry] = []


def read_plan(entries: object, *, file: str) -> Plan:
    """Turn the plan (its areas, or the whole file) into areas.

    Raises CatalogueError naming the line, the area and the field of every fault.
    """
    content = entries if isinstance(entries, Mapping) or entries is None else {"areas": entries}
    told = read_as(PlanFile, content, file=file)
    refuse(list(_never_shown(told, content, file)))
    areas = tuple(
        Area(
            each.id,
            each.title,
            each.needs,
            each.activity,
            tuple(Item(item.id, item.title, item.activity, item.impact_on) for item in each.items),
        )
        for each in told.areas
    )
    unique([code for area in areas for code in (area.id, *(item.id for item in area.items))], where=file)
    return Plan(areas)


def _never_shown(told: PlanFile, content: object, file: str) -> Iterator[CatalogueError]:
    """Complete actions without the day on which their impact can be measured: nobody could ever say that they helped."""
    for place, area in enumerate(told.areas):
        dated = any(item.impact_on for item in area.items)
        actions: list[tuple[tuple[int | str, ...], _Action]] = [] if dated else [(("areas", place), area)]
        actions += [(("areas", place, "items", number), item) for number, item in enumerate(area.items)]
        for loc, action in actions:
            if action.activity == "complete" and action.impact_on is None:
                yield CatalogueError(
                    "The action is complete, and nothing says when its impact can be measured.",
                    where=at(content, loc, file=file),
                    fix="Add impact_on, the date of the audit that will show it, or change the activity status.",
                )
