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
_SEED = 20241118
_ALIKE = "l.first = r.first and l.last = r.last and l.born = r.born"
_RECALL = 0.8  # of true pairs, the share whose name and birth date are written alike in both systems


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
    """
    for each in (left, right):
        table_of(each, (), "a table", "Give both tables, the left one first.")
    on = on if isinstance(on, Sequence | Mapping) and not isinstance(on, str) else ()
    pairs = dict(on) if isinstance(on, Mapping) else {column: column for column in on}
    _check(left, right, pairs, threshold)
    ours, theirs = _keys(left, list(pairs)), _keys(right, list(pairs.values()))
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


def _keys(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
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
    for one, partner, score in _predicted(ours, theirs, threshold):
        mine, other = ours.index[one], theirs.index[partner]
        if mine not in left and other not in right:
            left.add(mine)
            right.add(other)
            yield mine, other, score


def _predicted(ours: pd.DataFrame, theirs: pd.DataFrame, threshold: float) -> list[tuple[int, int, float]]:
    """Pairs of a left and a right row number with their probability, the likeliest first.

    Both tables in whole teach the model how often a name or a birth date agrees by chance, and how often it is
    misspelt. Only here is splink loaded.
    """
    splink, compare = _part("splink"), _part("splink.comparison_library")
    database, block_on = _part("splink.backends.duckdb").DuckDBAPI(), splink.block_on
    tables = [
        database.register(_prepared(each), dataset_display_name=name) for name, each in (("a", ours), ("b", theirs))
    ]
    settings = splink.SettingsCreator(
        link_type="link_only",
        comparisons=[
            *map(compare.NameComparison, ("first", "last")),
            compare.DateOfBirthComparison("born", input_is_string=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on(*each) for each in (("born",), ("first", "last"), ("last", "substr(born, 1, 4)"))
        ],
        retain_matching_columns=False,
    )
    linker = splink.Linker(tables, settings, log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match([_ALIKE], recall=_RECALL)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=_SEED)
    training.estimate_parameters_using_expectation_maximisation(block_on("born"))
    training.estimate_parameters_using_expectation_maximisation(block_on("first", "last"))
    found = linker.inference.predict(threshold_match_probability=threshold).as_record_list()
    pairs = [(each["unique_id_l"], each["unique_id_r"], each["match_probability"]) for each in found]
    return sorted(pairs, key=lambda each: (-each[2], each[0], each[1]))


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
    }
    texts = {name: pa.array(column, pa.string()) for name, column in told.items()}
    return pa.table({"unique_id": pa.array(range(len(keys)), pa.int64()), **texts})
