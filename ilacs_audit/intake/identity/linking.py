"""Say which records of two systems are the same child, before names become pseudonyms.

Two systems seldom share a reference. The rule that comes first is one a person can check: the
same name and the same date of birth. A share that did not match is always told, because a rate
among those who matched says nothing about the others.
"""

import importlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa

from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.given import table_of
from ilacs_audit.intake.cells.days import read_day
from ilacs_audit.intake.identity.people import person

_CERTAIN = 1.0
_FEWEST = 0.1  # of the shorter table, the share that has a partner at the least
_RECALL = 0.8  # of true pairs, the share whose name and birth date are written alike in both systems
# How often one child's name and birth date stand so in two systems, and how often two children's do: names alike,
# turned round, nearly alike, less so, the family name alike, the given one, neither; the day alike, day and month
# exchanged, one sign wrong, another.
_NAMES, _MET = [0.8, 0.02, 0.06, 0.05, 0.04, 0.025, 0.005], [2e-4, 2e-5, 3e-4, 6e-4, 0.012, 0.015, 0.97]
_DAYS, _DAYS_MET = [0.92, 0.02, 0.03, 0.03], [5.5e-4, 5.5e-4, 0.012, 0.987]
_ALIKE = 3  # at this level of the names and above both words are alike, nearly alike, or turned round
_NAMED = "gamma_first_last"
_OUT = ["unique_id_l", "unique_id_r", "match_probability", _NAMED, "gamma_born"]
_LOOKED_AT = (
    "l.born = r.born",
    "l.born = r.turned",
    "l.first = r.first and l.last = r.last",
    "l.first = r.last and l.last = r.first",
    "l.last = r.last and substr(l.born, 1, 4) = substr(r.born, 1, 4)",
    "l.first = r.first and substr(l.born, 1, 4) = substr(r.born, 1, 4)",
    "substr(l.first, 1, 3) = substr(r.first, 1, 3) and substr(l.last, 1, 3) = substr(r.last, 1, 3)",
)


class Linked(NamedTuple):
    """Pairs of index labels `left` and `right` with `score` and `rule`, and how many there are.

    `ambiguous` counts left records that fit more than one right record, or share one: they are not
    linked, because choosing would be a guess.
    """

    pairs: pd.DataFrame
    matched: int
    of: int
    ambiguous: int

    @property
    def rate(self) -> float | None:
        """The share of left records that found a partner; None where there are none."""
        return self.matched / self.of if self.of else None


def link_records(
    left: pd.DataFrame,
    right: pd.DataFrame,
    *,
    on: Sequence[str] | Mapping[str, str],
    threshold: float = _CERTAIN,
) -> Linked:
    """Link two tables by name and date of birth.

    `on` names the column of the name and the column of the date of birth, in that order; a mapping
    gives the left table's column for each right one's. Below a `threshold` of 1, what is left over
    is linked by probability, which needs the extra 'link' (splink). Intake only: the result holds
    index labels, never a name. Raises UsageError where a column or the extra is missing.
    Example: `ia.link_records(hub, children, on=["name", "born"])`.
    """
    for each in (left, right):
        table_of(each, (), "a table", "Give both tables, the left one first.")
    on = on if isinstance(on, Sequence | Mapping) and not isinstance(on, str) else ()
    pairs = dict(on) if isinstance(on, Mapping) else {column: column for column in on}
    _check(left, right, pairs, threshold)
    ours, theirs = keys_of(left, list(pairs)), keys_of(right, list(pairs.values()))
    exact, unclear = _exact(ours, theirs)
    if threshold < _CERTAIN:
        taken = {*exact["left"], *unclear}, {*exact["right"]}
        rest = pd.DataFrame(_probable(ours, theirs, threshold, *taken), columns=["left", "right", "score"])
        exact = pd.concat([exact, rest.assign(rule="probability")], ignore_index=True)
    return Linked(exact, len(exact), len(left), len(unclear))


def _check(left: pd.DataFrame, right: pd.DataFrame, pairs: Mapping[str, str], threshold: float) -> None:
    missing = [*(each for each in pairs if each not in left), *(each for each in pairs.values() if each not in right)]
    if missing or len(pairs) != 2:
        raise UsageError(
            "Records are linked by two columns, the name and the date of birth.",
            where=", ".join(missing),
            fix="Give both in on=, in that order.",
        )
    if not isinstance(threshold, int | float) or not 0 < threshold <= _CERTAIN:
        raise UsageError(f"A threshold of {threshold} is not a probability.", fix="Give more than 0 and at most 1.")


def keys_of(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The name and the date of birth of each record as they are compared, under the index of the table."""
    name, born = columns
    days = [read_day(value).day for value in table[born]]
    return pd.DataFrame({"name": [person(each) for each in table[name]], "born": days}, index=table.index, dtype=object)


def _exact(ours: pd.DataFrame, theirs: pd.DataFrame) -> tuple[pd.DataFrame, set[Any]]:
    """Pairs of one left and one right record with the same key, and left records with several partners."""
    key = ["name", "born"]
    named = (each.assign(**{side: each.index}) for side, each in (("left", ours), ("right", theirs)))
    left, right = (each[each["name"].ne("") & each["born"].notna()] for each in named)
    both = left.merge(right, on=key)
    partners = both.groupby(key)["left"].transform("size")
    pairs = both.loc[partners == 1, ["left", "right"]].reset_index(drop=True)
    return pairs.assign(score=_CERTAIN, rule="same name and date of birth"), set(both.loc[partners > 1, "left"])


def _probable(
    ours: pd.DataFrame, theirs: pd.DataFrame, threshold: float, left: set[Any], right: set[Any]
) -> Iterator[tuple[Any, Any, float]]:
    """Link what is left over, each record at most once, the likeliest pair first; those taken are added to."""
    for mine, other, score, _ in probable_pairs(
        ours, theirs, least=threshold, expected=len(_exact(ours, theirs)[0]) / _RECALL
    ).itertuples(index=False):
        if mine not in left and other not in right:
            left.add(mine)
            right.add(other)
            yield mine, other, score


def can_weigh() -> bool:
    """Whether the extra 'link' is there and loads, without which there is no linking by probability."""
    try:
        importlib.import_module("splink.backends.duckdb")
    except Exception:  # half an installation fails in ways of its own, and must not stop a month
        return False
    return True


def probable_pairs(ours: pd.DataFrame, theirs: pd.DataFrame, *, least: float, expected: float = 0.0) -> pd.DataFrame:
    """Pairs of a left and a right record that may be one child, with their probability, the likeliest first.

    Both tables have `name` and `born` as `keys_of` gives them; `expected` is how many pairs there should be, at least a
    tenth of the shorter table. Returns `left` and `right` (index labels), `score`, and
    `agrees`: whether name and birth date are both alike, so that a twin does not pass for the child. How often they are
    misspelt, and alike by chance, is set and not learnt: a few hundred children teach a model anything, and what was
    counted in a small register held its own pairs for chance. Only here is splink loaded, in one thread: the same
    tables give the same pairs again.
    Raises UsageError where the extra is missing.
    """
    splink, duckdb = _part("splink"), _part("duckdb")
    if not len(ours) or not len(theirs):
        return pd.DataFrame(columns=["left", "right", "score", "agrees"])
    odds = max(expected, _FEWEST * min(len(ours), len(theirs))) / (len(ours) * len(theirs))
    with duckdb.connect(config={"threads": 1}) as connection:
        database = _part("splink.backends.duckdb").DuckDBAPI(connection)
        tables = [
            database.register(_prepared(each), dataset_display_name=name) for name, each in (("a", ours), ("b", theirs))
        ]
        linker = splink.Linker(tables, _settings(splink, odds), log_level=logging.CRITICAL)
        found = pd.DataFrame(linker.inference.predict(threshold_match_probability=least).as_record_list(), columns=_OUT)
    found = found.sort_values(["match_probability", "unique_id_l", "unique_id_r"], ascending=[False, True, True])
    return pd.DataFrame(
        {
            "left": ours.index.take(found["unique_id_l"].to_numpy(int)),
            "right": theirs.index.take(found["unique_id_r"].to_numpy(int)),
            "score": found["match_probability"].to_numpy(float),
            "agrees": ((found[_NAMED] >= _ALIKE) & (found["gamma_born"] > 0)).to_numpy(bool),
        }
    )


def _settings(splink: Any, odds: float) -> Any:
    """The model: which pairs are looked at, what is compared, and how often one child is written in two ways."""
    compare, level = _part("splink.comparison_library"), _part("splink.comparison_level_library")
    born = compare.CustomComparison(
        output_column_name="born",
        comparison_levels=[
            level.NullLevel("born"),
            level.ExactMatchLevel("born"),
            level.CustomLevel("born_l = turned_r", "day and month exchanged"),
            level.DamerauLevenshteinLevel("born", 1),
            level.ElseLevel(),
        ],
    )
    return splink.SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=min(odds, 0.5),
        comparisons=[
            compare.ForenameSurnameComparison("first", "last").configure(m_probabilities=_NAMES, u_probabilities=_MET),
            born.configure(m_probabilities=_DAYS, u_probabilities=_DAYS_MET),
        ],
        blocking_rules_to_generate_predictions=[*_LOOKED_AT],
        retain_matching_columns=True,  # the levels come with them
    )


def _part(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise UsageError(
            "Linking by probability needs the extra 'link'.",
            fix="Install it with: pip install 'ilacs_audit[link]', or use threshold=1.",
        ) from None


def _prepared(keys: pd.DataFrame) -> Any:
    words = [str(name).split(" ") if name else [] for name in keys["name"]]
    told = {
        "first": [each[0] if each else None for each in words],
        "last": [each[-1] if each else None for each in words],
        "born": [day.isoformat() if day else None for day in keys["born"]],
        "turned": [f"{day:%Y-%d-%m}" if day else None for day in keys["born"]],
    }
    texts = {name: pa.array(column, pa.string()) for name, column in told.items()}
    return pa.table({"unique_id": pa.array(range(len(keys)), pa.int64()), **texts})
