"""Registers that tell by plain counts: who answered, what is done, whom a list names.

Each takes its tables as of a day and gives Measures. A word of a register is a label only where five or more share it;
what is in no known state is a row; and what no register holds is said to be supplied by nobody.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.shares import (
    Record,
    aside,
    by_words,
    counted,
    known_words,
    level_by_level,
    of_registers,
    question_named,
    share,
    survey_names,
)
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts

RISKS = ("high", "medium", "low")
PLACED = "contact from a placing authority"  # how a theme begins that is of a child whom another authority placed here
NO_RISK = "no risk recorded"
OTHER_RISK = "risk in other words"  # told where there is one


@accepts(Dossier, of_registers("survey"))
def survey_answers(
    survey: pd.DataFrame, *, as_of: date | str, period: str = "", theme: str = "", exact: bool = True
) -> pd.DataFrame:
    """Count who answered of those who were asked, and only then what those who answered said.

    Returns Measures: `survey_answered` by survey, the latest first, and `survey_positive` by question, of those who
    answered. A row with more answers than people asked, or more who said yes than answered, is set aside; rows of one
    survey and question, such as those that name each the child whose family was asked, are added.
    """
    told = doors.register(survey, "survey")
    told = told[told["on"] <= pd.Timestamp(parse_day(as_of))]
    asked_of = {"no number of people asked": "sent", "no number of people who answered": "returned"}
    left = {why: told[column].isna() for why, column in asked_of.items()}
    left["nobody was asked"] = (told["sent"] == 0).fillna(False)
    left["more answers than asked"] = (told["returned"] > told["sent"]).fillna(False) & ~left["nobody was asked"]
    sound = ~pd.concat([*left.values()], axis=1).any(axis=1)
    wrong = (told["positive"] > told["returned"]).fillna(False)
    unsaid = sound & (told["question"] != "") & told["positive"].isna()
    left |= {"more said yes than answered": sound & wrong, "no number of people who said yes": unsaid}
    known = _in_all(told[sound & ~wrong]).sort_values("on", ascending=False, kind="stable")
    known = known.assign(name=survey_names(known))
    found = [_part("survey_answered", each.returned, each.sent, "survey", each.name_) for each in _once(known)]
    asked = known[(known["question"] != "") & known["positive"].notna()].rename(columns={"name": "name_"})
    found += [
        _part(
            "survey_positive",
            each.positive,
            each.returned,
            "survey question",
            question_named(each.question, str(each.name_)),
        )
        for each in asked.itertuples()
    ]
    return counted([*found, *aside(left, "survey")], theme=theme, period=period)


def _in_all(told: pd.DataFrame) -> pd.DataFrame:
    """A row a survey and question, with all who were asked, who answered and who said yes."""
    asked = told.groupby(["survey_id", "on", "question"], sort=False, dropna=False)
    return asked[["sent", "returned", "positive"]].sum(min_count=1).reset_index()


def _once(known: pd.DataFrame) -> Iterator[Any]:
    return known.drop_duplicates(["survey_id", "on"]).rename(columns={"name": "name_"}).itertuples()


def _part(measure: str, k: Any, n: Any, group: str, level: str) -> Record:
    value = int(k) / int(n) if n else None
    told = {"measure": measure, "group": group, "level": level}
    return {**told, "numerator": int(k), "denominator": int(n), "value": value}


@accepts(Dossier, of_registers("workforce", "training"))
def milestones(
    workforce: pd.DataFrame,
    training: pd.DataFrame,
    *,
    as_of: date | str,
    period: str = "",
    theme: str = "",
    exact: bool = True,
) -> pd.DataFrame:
    """Count what was planned beside actions: posts, and support that young people were named for.

    Returns Measures: `post_filled` by role where one is vacant; `notice_withdrawn` of those who gave notice, made only
    where `exact`; `support_begun`, by what was offered, of the young people whose support was to begin by the day, and
    `support_ahead`, of all who are named for it.
    """
    day = pd.Timestamp(parse_day(as_of))
    return counted([*_posts(workforce, day, exact), *_support(training, day)], theme=theme, period=period)


def _posts(workforce: pd.DataFrame, day: pd.Timestamp, exact: bool) -> Iterator[Record]:
    posts = doors.register(workforce, "workforce")
    posts = posts[~(posts["left_on"] < day)]
    filled = posts["started_on"] <= day
    if filled.any():
        vacant = posts.loc[~filled, "role"].unique()
        ours = posts["role"].isin(vacant)
        yield from level_by_level("post_filled", filled[ours], posts.loc[ours, "role"], group="role with a vacant post")
    noticed = posts[posts["notice_given_on"] <= day]
    if exact:
        yield from share("notice_withdrawn", noticed["notice_withdrawn_on"] <= day)


def _support(training: pd.DataFrame, day: pd.Timestamp) -> Iterator[Record]:
    """Young people named for each kind of support, and who has begun it; kinds may overlap, and are never added."""
    young = training[training["role"].str.casefold() == "care leaver"]
    kinds = known_words(young["course"].str.replace("-", " "), young["person_ref"], "support")
    begun = (young["on"] <= day) & (young["attended"] == "yes")
    people = begun.groupby([kinds, young["person_ref"]]).any()
    kind = people.index.get_level_values(0).to_series(index=people.index)
    ahead = young["on"].groupby([kinds, young["person_ref"]]).min() > day
    yield from level_by_level("support_begun", people[~ahead], kind[~ahead], group="support")
    yield from level_by_level("support_ahead", ahead, kind, group="support") if ahead.any() else ()


@accepts(Dossier, of_registers("screening", "missing"))
def vulnerability(
    screening: pd.DataFrame,
    missing: pd.DataFrame | None = None,
    *,
    as_of: date | str,
    period: str = "",
    theme: str = "",
    exact: bool = True,
) -> pd.DataFrame:
    """Count the children on the list of those at risk of exploitation, by their latest screening.

    Returns Measures: `screened_high` of all; `screened` by "risk", "screening theme" and "recommendation";
    `contact_reason`, the children placed here by other authorities by why those made contact; and what no register
    holds, `homeless_young`, `young_carers` and, without a register of missing children, `return_interview`, without a
    count.
    """
    told = doors.register(screening, "screening")
    told = told[told["screened_on"] <= pd.Timestamp(parse_day(as_of))].sort_values("screened_on", kind="stable")
    placed = told["theme"].str.casefold().str.startswith(PLACED)
    contacts = told[placed].drop_duplicates("child_ref", keep="last")
    ours = told[~placed].drop_duplicates("child_ref", keep="last")
    said = ours["risk"].str.casefold()
    risk = said.where(said.isin(RISKS), (said == "").map({True: NO_RISK, False: OTHER_RISK}))
    found = [*share("screened_high", risk == "high")]
    risks = (*RISKS, *([OTHER_RISK] if (risk == OTHER_RISK).any() else []), NO_RISK)
    found += [row for each in risks for row in share("screened", risk == each, group="risk", level=each)]
    for column, group in (("theme", "screening theme"), ("recommendation", "recommendation")):
        found += by_words("screened", ours, column, group, exact)
    reasons = contacts.assign(theme=contacts["theme"].map(lambda said: said.partition(":")[2]).astype(object))
    found += by_words("contact_reason", reasons, "theme", "reason of contact", exact)
    told_there = missing is not None and len(missing) > 0  # then its own page tells of return interviews
    untold = ("return_interview", "homeless_young", "young_carers")[told_there:]
    found += [{"measure": each, "group": "all", "level": "all"} for each in untold]
    return counted(found, theme=theme, period=period)
