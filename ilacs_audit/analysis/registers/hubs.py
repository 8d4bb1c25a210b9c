"""Who of the youngest children came to a family hub: a share that never forgets those of whom nobody knows.

The hubs and social care write their registers apart, so some children find no partner. Left out they would make the
share that of the easily found; counted as absent they would make it too low. It stands between two ends instead.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.shares import Record, counted, known_words, share
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.columns import LINKED, NO_PARTNER, UNTRIED
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.stats.missing import unseen_limit

OLDEST = 4  # years: family hubs are offered from birth to four
FEWEST_WITH_A_RANGE = 10  # on fewer the gate prints no range
TOO_FEW = "in a cohort of fewer than ten"
MOST_LOST = 0.1  # of the partners, that are written otherwise more than once
_HOW = ("the same name and date of birth", "a person's word", "probability")


def _attendance(work: Dossier) -> dict[str, Any]:
    return {"attendance": work.register("attendance"), "period": work.period, "exact": work.audience == "internal"}


@accepts(Dossier, _attendance)
def hub_attendance(
    attendance: pd.DataFrame, *, as_of: date | str = "", period: str = "", theme: str = "", exact: bool = True
) -> pd.DataFrame:
    """Count the young children who have a partner in the hubs' register, and those of each cohort who came to a hub.

    Returns Measures. `hub_matched` is of all children, and by "how matched" and "cohort" where `exact`; `hub_untried`
    stands where only the same name and date of birth were looked for. `hub_came` by "cohort" are the children known to
    have come. Its `upper` has besides every child of whom nobody knows (attendance is blank, no partner was found, a
    record may be theirs), the records that could be anybody's (rows without a child), and whom no pair gave away: a
    record written otherwise twice, as likely as the square of once. Not `exact`, a share of all stands without its
    count and to the nearest five points, as the count would give back the base of a hidden cohort, and no few are told
    to have stayed away. Cohorts may overlap and are never added.
    """
    read = doors.register(attendance, "attendance")
    older = (read["age"] > OLDEST).fillna(False)
    told, spare = read[~older & (read["child_ref"] != "")], int((read["child_ref"] == "").sum())
    found = list(_matched(told, exact))
    children, lost, untold = _children(told), _lost(told), 0
    for cohort, ours in children.groupby("cohort", sort=not exact):
        about = {"group": "cohort", "level": str(cohort)}
        known = share("hub_came", ours["came"], **about)
        most = _most(ours, spare, lost)
        most = most if exact or not 0 < len(ours) - most < FEWEST_IN_A_GROUP else len(ours)
        if len(ours) < FEWEST_WITH_A_RANGE and most > int(ours["came"].sum()):
            untold += len(ours)  # so few have no range, and without it those known to have come would be read as all
            continue
        found += [{**each, "lower": each["value"], "upper": most / len(ours)} for each in known]
        found += share("hub_matched", ours["met"], **about) if exact and told["matched"].ne("").any() else []
    for rule, aside in (("over four years old", int(older.sum())), (TOO_FEW, untold)):
        about = {"measure": "set_aside", "group": "rule", "level": f"{rule} in attendance"}
        found += [{**about, "numerator": aside}] if aside else []
    return counted(found, theme=theme, period=period)


def _children(told: pd.DataFrame) -> pd.DataFrame:
    """Each child of a cohort once: whether it came, was matched, and stayed away for all that anybody knows."""
    flags = told[["child_ref"]].assign(cohort=known_words(told["cohort"], told["child_ref"], "cohort"))
    flags["came"], flags["met"] = told["attended"] == "yes", told["matched"].isin(LINKED)
    flags["apart"] = told["matched"].isin((NO_PARTNER, UNTRIED))
    flags["stayed"] = (flags["met"] | flags["apart"]) & (told["attended"] == "no")
    return flags.groupby(["cohort", "child_ref"], sort=False).any().reset_index()


def _most(ours: pd.DataFrame, spare: int, lost: float) -> int:
    """The most children of a cohort who may have come."""
    seen = int((ours["came"] | ~ours["stayed"]).sum())
    unseen = spare + unseen_limit(seen, chance=lost)
    return seen + min(unseen, int((ours["stayed"] & ours["apart"]).sum()))


def _lost(told: pd.DataFrame) -> float:
    """How likely it is that a child's record is like no child at all: none where every partner is written alike."""
    if not told["matched"].eq(NO_PARTNER).any():
        return 0.0
    partners = told.drop_duplicates("child_ref")["matched"]
    partners = partners[partners != NO_PARTNER]
    otherwise = (int((partners != LINKED[0]).sum()) + 2) / (len(partners) + 4)  # of few partners little is known
    return min(otherwise**2, MOST_LOST)


def _coarse(share: float) -> float:
    """A share to the nearest five points: of a list of known length under a hundred a whole percent is a count."""
    return round(round(20 * share) / 20, 2)


def _matched(told: pd.DataFrame, exact: bool) -> Iterator[Record]:
    """How many children have a partner, and how it was found; of whom only the same name and birth date was tried."""
    if not (told["matched"] != "").any():
        return
    rank = told["matched"].map(lambda said: LINKED.index(said) if said in LINKED else len(LINKED))
    of = told.assign(rank=rank).sort_values("rank", kind="stable").drop_duplicates("child_ref")["matched"]
    shares = share("hub_matched", of.isin(LINKED))
    shares += share("hub_untried", of == UNTRIED) if (of == UNTRIED).any() else []
    if not exact:
        shares = [{**each, "value": _coarse(each["value"]), "numerator": None, "denominator": None} for each in shares]
    yield from shares
    if exact and of.isin(LINKED[1:]).any():
        for word, level in zip(LINKED, _HOW, strict=True):
            yield from share("hub_matched", of == word, group="how matched", level=level) if (of == word).any() else ()
