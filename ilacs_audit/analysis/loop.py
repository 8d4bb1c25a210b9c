"""Each action joined with the finding that it names, who owns it, and what was seen when somebody looked again.

That an action is closed is somebody's word. Whether what was found is put right only a check of the action can tell,
or a later audit of its standard; and a thread that is lost between finding, action and check is lost here by name.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.claims.words import MET, NOT_MET
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.errors import bare
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards

GONE, STILL, UNREAD, UNCHECKED = "gone", "still there", "unread", "unchecked"
LATE, AHEAD, UNDATED = "late", "ahead", "undated"
CLOSED = (GONE, STILL, UNREAD, UNCHECKED)
FINDING, OF_NONE = "finding", "none"
NO_AUDIT, NO_STANDARD = "an audit that the programme does not hold", "a standard that its audit does not ask about"
LOOKS = ("audit_id", "standard_id", "on", "until", "verdict")
FRESH = pd.Timedelta(days=28)


def standing(actions: pd.DataFrame, *, as_of: date | str) -> pd.DataFrame:
    """The actions raised by a day, each once, with the one `state` in which it is on that day.

    Closed: its problem is `gone` or `still there` by a check, or it is `unread` (checked, nobody knows what was found)
    or `unchecked`. Open: `late`, `ahead` or `undated`. One closed before it was raised is left out.
    """
    day = pd.Timestamp(parse_day(as_of))
    told = doors.register(actions, "actions")
    told = told[~(told["raised_on"] > day)].drop_duplicates("action_id", keep="last")
    told = told[~(told["closed_on"] < told["raised_on"])]
    return told.assign(state=[_state(each, day) for each in told.itertuples()])


def _state(each: Any, day: pd.Timestamp) -> str:
    if not each.closed_on <= day:
        return UNDATED if pd.isna(each.due_on) else LATE if each.due_on < day else AHEAD
    early = each.checked_on > day or each.checked_on < each.closed_on  # a look before it was closed is no check of that
    found = "" if early else each.still_a_problem
    return {"no": GONE, "yes": STILL}.get(found, UNREAD if each.checked_on <= day and not early else UNCHECKED)


def action_loop(
    actions: pd.DataFrame,
    looks: pd.DataFrame,
    *,
    workforce: pd.DataFrame,
    programme: Programme,
    standards: Standards,
    as_of: date | str,
) -> pd.DataFrame:
    """Follow every action raised by a day from its finding to the last look at it.

    `looks` has a row for each standard that an audit read by the day, with its verdict (`LOOKS`). Adds to `standing`:
    `standard`, the code in the catalogue; `names`, whether it names a finding, none, or one that does not exist;
    `failing`, the latest audit begun after it was closed that says its standard is not met, where no check says that
    the problem is gone; `paper`, whether it is closed on paper; `repeats`, whether its finding was raised again after
    an action on it in its area or team had been closed; `reopened`, whether a later one takes it up; `owner_left`.
    """
    told, day = standing(actions, as_of=as_of), pd.Timestamp(parse_day(as_of))
    codes = {bare(each.id): each.id for each in standards}
    told = told.assign(
        standard=[codes.get(bare(said), "") for said in told["standard_id"]],
        names=[_names(each, programme, standards) for each in told.itertuples()],
        owner_left=told["owner_ref"].isin(_left(workforce, day)) & ~told["state"].isin(CLOSED),
    )
    bad = looks[looks["verdict"] == NOT_MET].sort_values("until")
    failing = [_failing(each, bad[bad["standard_id"] == each.standard]) for each in told.itertuples()]
    same = {code: ours for code, ours in told.groupby("standard") if code}
    return told.assign(
        failing=failing,
        paper=[state == STILL or bool(audit) for state, audit in zip(told["state"], failing, strict=True)],
        repeats=[bool((_alike(each, same)["closed_on"] < each.raised_on).any()) for each in told.itertuples()],
        reopened=[bool((_alike(each, same)["raised_on"] > each.closed_on).any()) for each in told.itertuples()],
    )


def _names(each: Any, programme: Programme, standards: Standards) -> str:
    """What an action says that it is about; one of the plan, or without a standard, is about no finding."""
    if not each.audit_id.strip():
        return OF_NONE
    audit = next((one for one in programme if bare(one.id) == bare(each.audit_id)), None)
    if audit is None:
        return NO_AUDIT
    asked = {bare(one.id) for theme in standards.themes if theme.id == audit.theme for one in theme.standards}
    if not each.standard_id.strip():
        return OF_NONE
    return FINDING if bare(each.standard_id) in asked else NO_STANDARD


def _left(workforce: pd.DataFrame, day: pd.Timestamp) -> set[str]:
    """Who has left, and is in no other post."""
    posts = doors.register(workforce, "workforce")
    gone = posts["left_on"] <= day
    return {*posts.loc[gone, "person_ref"]} - {*posts.loc[~gone, "person_ref"]} - {""}


def _failing(each: Any, looks: pd.DataFrame) -> str:
    """The latest audit begun after an action was closed that says its standard is not met; none where it is gone."""
    later = looks[looks["on"] > each.closed_on] if each.state in (STILL, UNREAD, UNCHECKED) else looks.iloc[:0]
    return str(later["audit_id"].iloc[-1]) if len(later) else ""


def _alike(each: Any, same: Mapping[Any, pd.DataFrame]) -> pd.DataFrame:
    """The actions on the standard of an action in its area of the plan or in its team, itself included."""
    ours = same.get(each.standard)
    if ours is None:
        return pd.DataFrame({"closed_on": [], "raised_on": []}, dtype="datetime64[ns]")
    here = [(name, str(getattr(each, name)).strip().casefold()) for name in ("area", "team")]
    matches = [ours[name].str.strip().str.casefold() == said for name, said in here if said]
    return ours[pd.concat(matches, axis=1).any(axis=1)] if matches else ours.iloc[:0]


def open_findings(looks: pd.DataFrame, loop: pd.DataFrame, *, as_of: date | str) -> pd.DataFrame:
    """Every standard that an audit found not met and no later one met, whether it is `acted` on, and if it is `fresh`.

    An action on it names the audit and the standard, or the standard alone and was raised after the audit began. One of
    an audit that ended within four weeks of the day is fresh: nobody is late with an action on it yet.
    """
    day = pd.Timestamp(parse_day(as_of))
    met = looks[looks["verdict"] == MET].groupby("standard_id")["on"].max().to_dict()
    found = looks[looks["verdict"] == NOT_MET]
    still = [not met.get(each.standard_id, each.on) > each.on for each in found.itertuples()]
    found = found[pd.Series(still, index=found.index, dtype=bool)]
    acted = [_acted(each, loop[loop["standard"] == each.standard_id]) for each in found.itertuples()]
    return found.assign(acted=pd.Series(acted, index=found.index, dtype=bool), fresh=found["until"] > day - FRESH)


def _acted(finding: Any, loop: pd.DataFrame) -> bool:
    named = loop["audit_id"].map(bare) == bare(finding.audit_id)
    return bool((named | (loop["raised_on"] >= finding.on)).any())
