"""Where children in care live, what panels decided about it, what became of that, and which beds can be used.

A step-down that was decided is an intention until somebody wrote down its day. Beds are beds and no children: a home
that waits for permission has places on paper, and none for a child.
"""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from ilacs_audit.analysis.codes import DECISIONS, WAITS_FOR, code_of
from ilacs_audit.analysis.shares import Record, aside, by_words, counted, of_registers, share
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.counting import last_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts

UNDECIDED = "no decision recorded"
OPEN, BLOCKED, SHUT = "open to a child", "soft-blocked", "not open for another reason"
UNKNOWN = "in a home of which nobody says whether it is open"


@accepts(Dossier, of_registers("placements", "beds"))
def placement_decisions(
    placements: pd.DataFrame,
    beds: pd.DataFrame,
    *,
    as_of: date | str,
    period: str = "",
    theme: str = "",
    exact: bool = True,
) -> pd.DataFrame:
    """Count the children whose step-down was decided and made, all that panels decided, where children live, and beds.

    Returns Measures: `step_down_done` of the children for whom a step-down was decided; `bed_unusable` of all beds, and
    `bed_state` by "bed state"; `panel_undecided` of the children taken to a panel, `panel_decided` by "panel decision"
    and `panel_heard` by "panel"; `placed_in` by "placement type" and `placed_cost` by "cost band", of the children in a
    placement on the day. A child with two decisions is in both.
    """
    day = pd.Timestamp(parse_day(as_of))
    told = doors.register(placements, "placements")
    until = date_words(last_day(told, day.date()) or day.date())
    heard = told[(told["decided_on"] <= day) | (told["decided_on"].isna() & (told["panel"] != ""))]
    heard = heard.assign(code=heard["decision"].map(lambda said: code_of(said, DECISIONS)))
    found = [*_stepped(heard, day, until), *_beds(doors.register(beds, "beds")), *_decided(heard, exact)]
    here = told[(told["started_on"] <= day) & ~(told["ended_on"] <= day)].drop_duplicates("child_ref", keep="last")
    found += by_words("placed_in", here, "placement", "placement type", exact)
    found += by_words("placed_cost", here, "cost_band", "cost band", exact)
    return counted(found, theme=theme, period=period)


def _stepped(heard: pd.DataFrame, day: pd.Timestamp, until: str) -> Iterator[Record]:
    """Of the children for whom a step-down was decided, who has stepped down by the day."""
    ours = heard[heard["code"] == "step down"]
    early = ours["stepped_down_on"] < ours["decided_on"]
    done = (ours["stepped_down_on"] <= day) & ~early
    yield from share("step_down_done", done.groupby(ours["child_ref"]).any(), note=until)
    yield from aside({"stepped down before it was decided": early}, "placements")


def _decided(heard: pd.DataFrame, exact: bool) -> Iterator[Record]:
    """What panels decided, child by child, and which panel heard it."""
    yield from share("panel_undecided", (heard["code"] == "").groupby(heard["child_ref"]).all())
    every = heard["child_ref"].nunique()
    told = heard[heard["code"] != ""].groupby("code")["child_ref"].nunique()
    none = every - heard.loc[heard["code"] != "", "child_ref"].nunique()
    for level, count in [*(told.sort_values(ascending=False) if exact else told).items(), (UNDECIDED, none)]:
        if count:
            about = {"measure": "panel_decided", "group": "panel decision", "level": str(level)}
            yield {**about, "numerator": int(count), "denominator": every, "value": count / every}
    yield from by_words("panel_heard", heard.drop_duplicates(["child_ref", "panel"]), "panel", "panel", exact)


def _beds(beds: pd.DataFrame) -> Iterator[Record]:
    """Each bed in one state, and how many of all no child could have."""
    blocked = beds["blocked"].fillna(0)
    many = blocked > beds["beds"]
    wrong = {"no number of beds": beds["beds"].isna(), "more beds blocked than there are": many.fillna(False)}
    sound = ~wrong["no number of beds"] & ~wrong["more beds blocked than there are"]
    homes, held = beds[sound], blocked[sound]
    waits = [_waits(said, shut) for said, shut in zip(homes["waiting_for"], homes["open"] == "no", strict=True)]
    state = pd.Series(waits, index=homes.index, dtype=object).mask(homes["open"] == "yes", OPEN)
    used = homes["beds"].where(state != OPEN, homes["beds"] - held)
    states = {str(each): int(used[state == each].sum()) for each in sorted(set(state))}
    states[BLOCKED] = int(held[state == OPEN].sum())
    every = sum(states.values())
    if every:
        shut = every - states.get(OPEN, 0)
        whole = {"group": "all", "level": "all", "denominator": every}
        yield {"measure": "bed_unusable", **whole, "numerator": shut, "value": shut / every}
    for name, count in states.items():
        if count:
            about = {"measure": "bed_state", "group": "bed state", "level": name, "denominator": every}
            yield {**about, "numerator": count, "value": count / every}
    yield from aside(wrong, "beds")


def _waits(said: str, shut: bool) -> str:
    """What a home that is not open waits for, as far as its words say."""
    known = next((name for name, words in WAITS_FOR.items() if words in said.casefold()), "")
    return known or (SHUT if shut else UNKNOWN)
