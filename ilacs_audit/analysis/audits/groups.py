"""Groups side by side without a league table: teams against their average, groups of children against all others.

No ranks. A team is flagged by its exact tail probability, adjusted for how many teams were looked at, and beside the
flags stands how many would be flagged by chance. A month holds too few files of any group of children to say whether
practice was the same for them, so rounds are put together, and most often the honest answer is that there are too few.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.month import MONTHS, NO_CHILD
from ilacs_audit.analysis.shares import Record, counted, share, short
from ilacs_audit.claims.change.chance import by_chance
from ilacs_audit.claims.words import number_word
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import Period, add_months, parse_day
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP, OTHERS, read_by, small_groups_together, tally, with_met
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.errors import bare
from ilacs_audit.domain.measures import in_order, measures
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.registers.children import (
    NOT_UNDERSTOOD,
    age_band_of,
    disability_of,
    ethnic_group_of,
    plan_type_of,
    same_plan,
)
from ilacs_audit.domain.standards import Standards
from ilacs_audit.stats.comparison import boschloo, false_discovery
from ilacs_audit.stats.funnel import FunnelFlag, drawn_together, funnel_flags, funnel_limits
from ilacs_audit.stats.intervals import newcombe_difference
from ilacs_audit.stats.sampling import sample_size_change

_VERDICTS = {"count only": ""}
LUCK, WORTHWHILE = 0.05, 0.1  # false discovery; the difference that would matter
ENOUGH = sample_size_change(0.6, 0.8)  # files on each side that are likely to show a difference of 20 points
DISABILITY = "disability"
# A characteristic's column, its name, how a cell of it is read, and what two spellings of one group have in common.
_READ: Mapping[str, tuple[str, Callable[[object], str], Callable[[str], str]]] = {
    "age_band": ("age band", age_band_of, bare),
    "plan_type": ("plan type", plan_type_of, same_plan),
    "ethnicity": ("ethnic group", ethnic_group_of, bare),
    DISABILITY: (DISABILITY, disability_of, bare),
}
CHARACTERISTICS = {column: name for column, (name, _, _) in _READ.items()}
_UNCOMPARED = (OTHERS, "not disabled")  # of two groups one comparison is enough
DIFFERENT, ALIKE, FEW = "different", "no worthwhile difference", "too few to say"


def _contents(work: Dossier) -> dict[str, Any]:
    """The same groups as in the page's other breakdowns, so that none can be taken from another."""
    return {"returns": small_groups_together(work.answers), "standards": work.standards, "standard": work.focus}


@accepts(Dossier, _contents)
def compare_groups(
    returns: pd.DataFrame, *, standard: str, by: str = "team", standards: Standards | None = None
) -> pd.DataFrame:
    """Compare groups with the average of them all on one standard, so that a file counts once.

    Returns Measures `group_comparison` in alphabetical order, a row a group: k of n, `centre` (the
    average, each group included), `lower_limit` and `upper_limit` (the 95% curve, for drawing only)
    and `verdict`: "different", "worth a look", "within chance", or empty under five files.
    """
    returns = doors.answers(returns, standards=standards, by=by, standard=standard)
    answers = read_by(returns)
    counts = tally(answers[answers["standard_id"] == standard], by=[by], standards=standards)
    counts = counts[counts["applies"] > 0].sort_values(by, key=lambda names: names.astype(str).map(in_order))
    if counts.empty:
        return measures([])
    met, read = counts["met"].astype(int).tolist(), counts["applies"].astype(int).tolist()
    periods = answers["period"].unique()
    about = {"group": by, "standard_id": standard, "period": str(periods[0]) if len(periods) == 1 else ""}
    return measures(_rows(counts[by].astype(str).tolist(), funnel_flags(met, read), about))


def team_estimates(returns: pd.DataFrame, *, standard: str, standards: Standards | None = None) -> pd.DataFrame:
    """Estimate each team's share on one standard, drawn towards that of all teams, the more the fewer its files.

    Returns Measures `team_estimate` in alphabetical order, without verdict or rank: k of n as it was counted, and as
    `value`, `lower` and `upper` the estimate with its range.
    Example: `ia.team_estimates(work.answers, standard="CON-1", standards=work.standards)`.
    """
    returns = doors.answers(returns, standards=standards, by="team", standard=standard)
    answers = read_by(returns)
    counts = tally(answers[answers["standard_id"] == standard], by=["team"], standards=standards)
    counts = counts[counts["applies"] > 0].sort_values("team", key=lambda names: names.astype(str).map(in_order))
    met, read = counts["met"].astype(int).tolist(), counts["applies"].astype(int).tolist()
    about = {
        "measure": "team_estimate",
        "group": "team",
        "standard_id": standard,
        "method": "shrunk",
        "confidence": 0.95,
    }
    told = zip(counts["team"].astype(str), met, read, drawn_together(met, read) if read else (), strict=True)
    return measures(
        about | {"level": team, "numerator": one, "denominator": of, **drawn._asdict()} for team, one, of, drawn in told
    )


def _rows(levels: list[str], flags: list[FunnelFlag], about: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    tested = sum(flag.verdict != "count only" for flag in flags)
    chance = f"Of {number_word(tested)} groups compared, {by_chance(0.05 * tested)} would be worth a look by luck."
    apart = bool(flags) and 0 < flags[0].centre < 1  # where every file met it, or none, chance has no curve
    curve = funnel_limits([flag.trials for flag in flags], target=flags[0].centre) if apart else None
    none = [None] * len(flags)
    lowest, highest = (curve.lower_95.tolist(), curve.upper_95.tolist()) if curve else (none, none)
    for level, flag, lower, upper in zip(levels, flags, lowest, highest, strict=True):
        yield {
            **about,
            "measure": "group_comparison",
            "level": level,
            "numerator": flag.successes,
            "denominator": flag.trials,
            "value": flag.successes / flag.trials,
            "method": "funnel",
            "direction": "higher",
            "centre": flag.centre,
            "lower_limit": lower,
            "upper_limit": upper,
            "verdict": _VERDICTS.get(flag.verdict, flag.verdict),
            "note": chance,
        }


def _contents_of_children(work: Dossier) -> Record:
    programme = work.handed.planned()
    audits = [each.id for each in programme if each.returns and _pooled(each, work.period)]
    returns, _ = work.handed.answers(audits)
    about = {"standards": work.standards, "programme": programme, "as_of": work.as_of, "period": work.period}
    return {"returns": returns, "cases": work.register("cases"), "each_group": work.audience == "internal", **about}


def _pooled(audit: Audit, period: str) -> bool:
    """Whether an audit of the twelve months to this one read files that chance chose one by one, or all."""
    last = Period.parse(period)
    first = add_months(last.first, 1 - MONTHS)
    one_by_one = audit.by_chance and audit.by == "file"
    return (one_by_one or audit.selection == "census") and first <= audit.period.first <= last.first


@accepts(Dossier, _contents_of_children)
def compare_children(
    returns: pd.DataFrame,
    cases: pd.DataFrame,
    *,
    programme: Programme,
    standards: Standards,
    as_of: str = str(date.max),
    each_group: bool = False,
    period: str = "",
) -> pd.DataFrame:
    """Compare groups of children with all others on the first standard of each theme, so that a file counts once.

    `returns` are the answers of all rounds put together, `cases` the register that says who a child is. Returns
    Measures: `compared_too_few` and `compared_apart`, of the comparisons of two groups of five files or more those
    that cannot tell and those that stand out after Benjamini and Hochberg; `compared_enough`, those with the 82 files
    on both sides that show a difference of 20 points (docs/methods.md 11.4). With `each_group` there are
    `children_known` of the children read, by characteristic, without a number where no data was supplied, and a row
    `group_met` a comparison (group the characteristic, level the group): k of n, the others' in `reason`, and in
    `verdict` what may be said.
    Example: `ia.compare_children(month)`.
    """
    returns = doors.answers(returns, standards=standards, programme=programme, also=("standard_version",))
    files = _files(returns[~(returns["audited_on"] > pd.Timestamp(parse_day(as_of)))], standards)
    known = _described(files, doors.register(cases, "cases", "child_ref"))
    pairs = [each for name in CHARACTERISTICS.values() for each in _pairs(known, name)]
    chances = false_discovery([each["chance"] for each in pairs], level=LUCK).passes
    for each, stands in zip(pairs, chances, strict=True):
        each["verdict"] = DIFFERENT if stands else each["verdict"]
    told = [{name: value for name, value in each.items() if name not in ("chance", "smaller")} for each in pairs]
    found = [*_compared(pairs), *((*_known(known, cases), *told) if each_group else ())]
    return counted(found, theme="", period=period)


def _files(returns: pd.DataFrame, standards: Standards) -> pd.DataFrame:
    """The latest answer of each child to the first standard of each theme, in its latest wording."""
    of_children = [theme for theme in standards.themes if not {*theme.unit.split()} & NO_CHILD]
    firsts = [theme.standards[0].id for theme in of_children if theme.standards]
    ours = read_by(returns)
    ours = ours[ours["standard_id"].isin(firsts)]
    ours = ours[ours["standard_version"] == ours.groupby("standard_id")["standard_version"].transform("max")]
    files = with_met(ours, standards=standards).query("applies").sort_values("audited_on", kind="stable")
    return files.drop_duplicates(["standard_id", "child_ref"], keep="last")


def _described(files: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """The files with what the register says of each child, each group in the spelling that most of them have."""
    known = cases.drop_duplicates("child_ref", keep="last").set_index("child_ref")
    told = {}
    for column, (name, read, same) in _READ.items():
        said = files["child_ref"].map(known[column]) if column in known else pd.Series("", index=files.index)
        words = said.astype("string").fillna("").astype(str).map(read).map(short)
        key = words.map(same)
        told[name] = key.map(_usual(key, words)).mask(words.isin(["", NOT_UNDERSTOOD]), _unsaid(name))
    return files.assign(**told)


def _usual(key: "pd.Series[str]", words: "pd.Series[str]") -> dict[str, str]:
    """The spelling that most rows of a group have, the first of them where several have."""
    rarest_first = words.value_counts(sort=False)[::-1].sort_values(kind="stable").index
    first = dict(zip(words, key, strict=True))
    return {first[word]: word for word in rarest_first}


def _unsaid(name: str) -> str:
    return f"no {name} recorded"


def _pairs(files: pd.DataFrame, name: str) -> Iterator[Record]:
    """Each group of a characteristic beside all others of whom it is known, standard by standard."""
    for standard, known in files[files[name] != _unsaid(name)].groupby("standard_id"):
        together = small_groups_together(known, by=name)  # so that no small group is what the others leave
        told = together[~together[name].isin(_UNCOMPARED)].groupby(name)
        for level, ours in sorted(told, key=lambda each: in_order(str(each[0]))):
            others = together[together[name] != level]
            if min(len(ours), len(others)) >= FEWEST_IN_A_GROUP:
                about = {"measure": "group_met", "standard_id": standard, "group": name, "level": str(level)}
                yield about | _beside(int(ours["met"].sum()), len(ours), int(others["met"].sum()), len(others))


def _beside(met: int, read: int, met_others: int, read_others: int) -> Record:
    apart = newcombe_difference(met_others, read_others, met, read)
    alike = apart is not None and apart.lower > -WORTHWHILE and apart.upper < WORTHWHILE
    return {
        **{"numerator": met, "denominator": read, "value": met / read, "reason": f"{met_others} of {read_others}"},
        "smaller": min(read, read_others),
        **{"verdict": ALIKE if alike else FEW, "chance": boschloo(met_others, read_others, met, read)},
    }


def _compared(pairs: Sequence[Mapping[str, Any]]) -> Iterator[Record]:
    if pairs:
        for measure, word in (("compared_too_few", FEW), ("compared_apart", DIFFERENT)):
            yield from share(measure, pd.Series([each["verdict"] == word for each in pairs]))
        enough = pd.Series([each["smaller"] >= ENOUGH for each in pairs])
        yield from share("compared_enough", enough, level=f"{ENOUGH} files")


def _known(files: pd.DataFrame, cases: pd.DataFrame) -> Iterator[Record]:
    """Of how many of the children read each characteristic is known."""
    children = files.drop_duplicates("child_ref")
    for column, name in CHARACTERISTICS.items():
        about = {"measure": "children_known", "group": "characteristic", "level": name}
        supplied = column in cases and cases[column].astype(str).str.strip().ne("").any()
        k = int((children[name] != _unsaid(name)).sum())
        if len(children):
            told = {"numerator": k, "denominator": len(children), "value": k / len(children)}
            yield about | (told if supplied else {})
