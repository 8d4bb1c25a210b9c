"""The improvement plan: areas A1 to A12 and the items inside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ilacs_audit.domain.catalogue_fields import day, one_of, require, unique
from ilacs_audit.domain.errors import CatalogueError

ACTIVITY = ("not started", "on track", "delayed", "complete", "stopped")


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


def read_plan(entries: list[Mapping[str, Any]], *, file: str) -> Plan:
    """Turn the plan file into areas. Raises CatalogueError naming the area and the field."""
    areas = tuple(_read_area(each, file=file) for each in entries)
    unique([code for area in areas for code in (area.id, *(item.id for item in area.items))], where=file)
    return Plan(areas)


def _read_area(entry: Mapping[str, Any], *, file: str) -> Area:
    where = f"{file}, area {entry.get('id', '(no id)')}"
    require(entry, ("id", "title", "needs"), where=where)
    items = tuple(_read_item(each, where=where) for each in entry.get("items", ()))
    if not any(item.impact_on for item in items):
        _impact_on(entry, where=where)
    return Area(entry["id"], entry["title"], entry["needs"], _activity(entry, where), items)


def _read_item(entry: Mapping[str, Any], *, where: str) -> Item:
    require(entry, ("id", "title"), where=where)
    return Item(
        entry["id"], entry["title"], _activity(entry, where), _impact_on(entry, where=f"{where}, {entry['id']}")
    )


def _impact_on(entry: Mapping[str, Any], *, where: str) -> date | None:
    """The day on which impact can be measured: without one nobody could ever say that a finished action helped."""
    if entry.get("impact_on") is not None:
        return day(entry["impact_on"], where=where)
    if entry.get("activity") == "complete":
        raise CatalogueError(
            "The action is complete, and nothing says when its impact can be measured.",
            where=where,
            fix="Add impact_on, the date of the audit that will show it, or change the activity status.",
        )
    return None


def _activity(entry: Mapping[str, Any], where: str) -> str:
    """An empty status is 'not stated', never read as good news."""
    activity = entry.get("activity", "")
    if activity:
        one_of(activity, ACTIVITY, "activity status", where=where)
    return str(activity)
