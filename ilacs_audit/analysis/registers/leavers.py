"""Care leavers: who is in touch, who learns or works, whose plan was reviewed and who was contacted in time.

Each counts once. What nobody wrote down is never in time and has a row of its own; that somebody is in touch says
nothing of how good the help is.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from ilacs_audit.analysis.clocks import NO_LIMIT, limited, within
from ilacs_audit.analysis.codes import EET, NEET, first_word
from ilacs_audit.analysis.shares import Record, aside, counted, share
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.catalogue.limits import Limits
from ilacs_audit.domain.counting import last_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts

DIED, NO_SERVICE = ("died",), ("nreq", "rhom")  # no longer requires services; returned home for six months
_CLOCKS = (("plan", "plan_reviewed_on", "pathway-plan"), ("contact", "contacted_on", "adviser-contact"))


@accepts(Dossier, limited("care_leavers"))
def care_leavers(
    care_leavers: pd.DataFrame,
    *,
    limits: Limits,
    holidays: Sequence[date],
    as_of: date | str,
    period: str = "",
    theme: str = "",
) -> pd.DataFrame:
    """Count the care leavers whose plan was reviewed and who were contacted in time, who is in touch, learns or works.

    Returns Measures of the whole service. Of those who are owed a plan: `leaver_plan_in_time` and
    `leaver_contact_in_time` by the limits in force, and where there are any `leaver_plan_undated`,
    `leaver_contact_undated` and those whose limit passed after the last day of the list, `leaver_plan_since` and
    `leaver_contact_since`. Of everybody but who has died: `leaver_in_touch`, `leaver_touch_unknown`, `leaver_eet`,
    `leaver_neet`, `leaver_activity_unknown`, and `leaver_not_owed` (no service any more, or a qualifying care leaver).
    """
    day, table = parse_day(as_of), doors.register(care_leavers, "care_leavers")
    ahead = {name: table[name].mask(table[name] > pd.Timestamp(day)) for _, name, _ in _CLOCKS}
    table = table.assign(**ahead)
    once = table.sort_values("contacted_on", kind="stable", na_position="first").drop_duplicates(
        "child_ref", keep="last"
    )
    touch = once["in_touch"].map(first_word).astype(object)
    ours, touch = once[~touch.isin(DIED)], touch[~touch.isin(DIED)]
    owed = ~touch.isin(NO_SERVICE) & ~ours["eligibility"].str.contains("qualifying", case=False)
    found = [*_clocked(ours[owed], limits, last_day(care_leavers, day) or day, day, holidays), *_standing(ours, touch)]
    found += share("leaver_not_owed", ~owed) if (~owed).any() else []
    return counted(found, theme=theme, period=period)


def _clocked(owed: pd.DataFrame, limits: Limits, told: date, day: date, holidays: Sequence[date]) -> Iterator[Record]:
    """What was done within its limit, of all who are owed it; a date that is not there is none in time."""
    beside: list[Record] = []
    for name, column, rule in _CLOCKS:
        if (limit := limits.on(day).get(rule)) is None:
            beside += aside({NO_LIMIT: len(owed)}, "care_leavers")
            continue
        if owed[column].isna().all():  # a list without the column, or that leaves it blank, tells of no delay
            yield from [{"measure": f"leaver_{name}_in_time", "group": "all", "level": limit.length}][: len(owed)]
            continue
        judged = within(owed[column], [limit] * len(owed), told, day, holidays).reindex(owed.index, fill_value=False)
        yield from share(f"leaver_{name}_in_time", judged["kept"], level=limit.length)
        beside += share(f"leaver_{name}_undated", owed[column].isna()) if owed[column].isna().any() else []
        beside += (
            share(f"leaver_{name}_since", judged["since"], level=date_words(told)) if judged["since"].any() else []
        )
    yield from beside


def _standing(ours: pd.DataFrame, touch: "pd.Series[str]") -> Iterator[Record]:
    """Whether in touch, and whether in education, employment or training; not known is a row where there is any."""
    yield from share("leaver_in_touch", touch.isin(("yes", "y")))
    unknown = ~touch.isin(("yes", "y", "no", "n", "refu", *NO_SERVICE))
    yield from share("leaver_touch_unknown", unknown) if unknown.any() else ()
    does = ours["activity"].map(first_word).astype(object)
    yield from share("leaver_eet", does.isin(EET))
    yield from share("leaver_neet", does.isin(NEET))
    yield from share("leaver_activity_unknown", ~does.isin(EET | NEET))
