"""Say which records of two systems are the same child, before names become pseudonyms.

Two systems seldom share a reference. The rule that comes first is one a person can check: the
same name and the same date of birth. A share that did not match is always told, because a rate
among those who matched says nothing about the others.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.given import table_of
from ilacs_audit.intake.cells.days import read_day
from ilacs_audit.intake.identity.linking_model import predict
from ilacs_audit.intake.identity.people import person

_CERTAIN = 1.0


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
        rest = _probable(ours, theirs, threshold, taken=({*exact["left"], *unclear}, {*exact["right"]}))
        exact = pd.concat([exact, rest], ignore_index=True)
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
    mine, known = _by_key(ours), _by_key(theirs)
    both = [key for key in mine if key in known]
    single = {key: None for key in both if len(mine[key]) == len(known[key]) == 1}
    found = [(mine[key][0], known[key][0]) for key in single]
    pairs = pd.DataFrame(found, columns=["left", "right"]).assign(score=_CERTAIN, rule="same name and date of birth")
    return pairs, {label for key in both if key not in single for label in mine[key]}


def _by_key(keys: pd.DataFrame) -> dict[tuple[Any, ...], list[Any]]:
    found: dict[tuple[Any, ...], list[Any]] = {}
    for label, name, born in keys.itertuples():
        if name and born is not None:
            found.setdefault((name, born), []).append(label)
    return found


def _probable(
    ours: pd.DataFrame, theirs: pd.DataFrame, threshold: float, *, taken: tuple[set[Any], set[Any]]
) -> pd.DataFrame:
    """Link what is left over, each record at most once, the likeliest pair first."""
    left, right = set(taken[0]), set(taken[1])
    found = []
    for one, partner, score in predict(ours, theirs, threshold=threshold):
        mine, other = ours.index[one], theirs.index[partner]
        if mine not in left and other not in right:
            left.add(mine)
            right.add(other)
            found.append((mine, other, score))
    return pd.DataFrame(found, columns=["left", "right", "score"]).assign(rule="probability")
