"""What families and children say, and whether their files say the same: who answered comes first.

Where a survey names the child, or a return holds what the family said, the two are held against each other file by
file; else they stand beside each other and are of different files. Those who did not answer may think anything, so what
all who were asked would say lies between two ends, and nothing is called agreement.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.month import of_month
from ilacs_audit.analysis.shares import Record, counted, question_named, short, survey_names
from ilacs_audit.claims.sentences.readers.learning import APART, BEYOND, CANNOT, UNPAIRED
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP, read_by, with_met
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.standards import OVERALL, Standards
from ilacs_audit.stats.intervals import paired_difference

ASKED = "survey question"


def _contents(work: Dossier) -> dict[str, Any]:
    month = {name: each for name, each in of_month(work).items() if name in ("returns", "standards", "period")}
    return {**month, "survey": work.register("survey"), "as_of": work.as_of}


@accepts(Dossier, _contents)
def families_beside_files(
    returns: pd.DataFrame, survey: pd.DataFrame, *, standards: Standards, as_of: date | str, period: str = ""
) -> pd.DataFrame:
    """Count who answered of those who were asked, what they said, and what auditors found on their files.

    `returns` are the answers of a month's audits, those of families among them, `survey` the register; a question of it
    is held beside the standard that names it in `measured_by`. Returns Measures by "survey question", a set a question
    and standard: `family_answered` of those asked (without a whole where nobody says how many that were); `family_yes`
    of those who answered, with the ends of all who were asked in `lower` and `upper`; `file_yes`, of the same children
    where the survey names them, else of all files read (`note`); and of the families who answered and whose file was
    read `family_same`, with `file_alone` (the file says yes, the family no) and `family_alone`, and in `verdict` what
    may be said.

    """
    returns = doors.answers(returns, standards=standards)
    files = with_met(read_by(returns[returns["standard_id"] != OVERALL]), standards=standards).query("applies")
    found = [*_of_survey(_asked(survey, as_of), files, standards), *_of_returns(returns, files, standards)]
    return counted(found, theme="", period=period)


def _asked(survey: pd.DataFrame, as_of: date | str) -> pd.DataFrame:
    """The rows of a survey that can be so, by the day."""
    told = doors.register(survey, "survey", "survey_id", "on", "sent", "returned", "question", "positive")
    told = told.assign(child_ref=told.get("child_ref", ""))
    sound = (told["returned"] <= told["sent"]) & (told["positive"] <= told["returned"]) & (told["sent"] > 0)
    told = told[sound.fillna(False) & (told["question"] != "") & (told["on"] <= pd.Timestamp(parse_day(as_of)))]
    return told.sort_values("on", ascending=False, kind="stable")


def _of_survey(told: pd.DataFrame, files: pd.DataFrame, standards: Standards) -> Iterator[Record]:
    told = told.assign(name=survey_names(told) if len(told) else "")
    for (_, question), ours in told.groupby(["name", "question"], sort=False):
        level = question_named(question, str(ours["name"].iloc[0]))
        for code in [each.id for each in standards if question in each.measured_by]:
            read = files[files["standard_id"] == code]
            named = bool((ours["child_ref"] != "").all())
            children = ours.drop_duplicates("child_ref") if named else ours
            asked, answered, yes = (int(children[column].sum()) for column in ("sent", "returned", "positive"))
            beside = read[read["child_ref"].isin(children["child_ref"])] if named else read
            yield from _counts(code, level, asked, answered, yes, beside, named)
            if named:
                said = children[children["returned"] > 0].set_index("child_ref")["positive"] > 0
                yield from _pairs(code, level, said, beside, (asked, answered, yes))


def _of_returns(returns: pd.DataFrame, files: pd.DataFrame, standards: Standards) -> Iterator[Record]:
    """What families said on returns: how many were asked is not known."""
    families = returns[(returns["role"] == "family") & (returns["standard_id"] != OVERALL)]
    said = with_met(families, standards=standards).query("applies") if len(families) else families
    for code, ours in said.groupby("standard_id"):
        told = ours.sort_values("audited_on", kind="stable").drop_duplicates("child_ref", keep="last")
        read, level = files[files["standard_id"] == code], short(standards[str(code)].plain)
        beside, yes = read[read["child_ref"].isin(told["child_ref"])], told.set_index("child_ref")["met"].astype(bool)
        yield from _counts(str(code), level, None, len(yes), int(yes.sum()), beside, True)
        yield from _pairs(str(code), level, yes, beside, None)


def _counts(
    code: str, level: str, asked: int | None, answered: int, yes: int, beside: pd.DataFrame, named: bool
) -> Iterator[Record]:
    about = {"standard_id": code, "group": ASKED, "level": level}
    yield _row("family_answered", answered, asked, about)
    ends = {"lower": yes / asked, "upper": (yes + asked - answered) / asked} if asked else {}
    if answered:
        yield _row("family_yes", yes, answered, {**about, **ends})
    met = beside.drop_duplicates("child_ref", keep="last")["met"].astype(bool)
    if len(met):
        yield _row("file_yes", int(met.sum()), len(met), {**about, "note": "" if named else UNPAIRED})


def _pairs(
    code: str, level: str, said: "pd.Series[Any]", beside: pd.DataFrame, counts: Sequence[int] | None
) -> Iterator[Record]:
    """Where family and file both speak: how often they say the same, and whether they part by more than luck."""
    met = beside.drop_duplicates("child_ref", keep="last").set_index("child_ref")["met"].astype(bool)
    both = said[said.index.isin(met.index)].astype(bool)
    file = met.reindex(both.index)
    cells = [int((one & two).sum()) for one in (file, ~file) for two in (both, ~both)]
    if not (n := sum(cells)):
        return
    apart = paired_difference(*cells) if n >= FEWEST_IN_A_GROUP else None
    verdict = APART if apart and (apart.lower > 0 or apart.upper < 0) else CANNOT
    if counts:
        asked, answered, yes = counts
        beyond = len(met) == asked and not yes <= int(met.sum()) <= yes + asked - answered
        verdict = BEYOND if beyond else verdict
    about = {"standard_id": code, "group": ASKED, "level": level}
    yield _row("family_same", cells[0] + cells[3], n, {**about, "verdict": verdict})
    yield _row("file_alone", cells[1], n, about)
    yield _row("family_alone", cells[2], n, about)


def _row(measure: str, k: int, n: int | None, about: Record) -> Record:
    return {**about, "measure": measure, "numerator": k, "denominator": n, "value": k / n if n else None}
