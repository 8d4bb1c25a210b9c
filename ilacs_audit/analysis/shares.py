"""Shares as any report on a register counts them, and the few words of a register that may stand as a label.

A share of nobody is no share, so it has no row. A word that fewer than five people have may be a sentence about one
of them: it is put together with others, and never printed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP
from ilacs_audit.domain.measures import in_order, measures

Record = dict[str, Any]


def of_registers(*registers: str) -> Any:
    """What of an opened audit a plain count of these registers is handed."""

    def handed(work: Dossier) -> Record:
        about = {"as_of": work.as_of, "period": work.period, "exact": work.audience == "internal"}
        return {**{name: work.register(name) for name in registers}, **about}

    return handed


def share(measure: str, so: "pd.Series[Any]", *, group: str = "all", level: str = "all", **about: Any) -> list[Record]:
    """One row of Measures: of how many it is `so`; none where there is nobody.

    >>> share("seen", pd.Series([True, False]))[0]["value"]
    0.5
    """
    k, n = int(so.sum()), len(so)
    told = {"measure": measure, "group": group, "level": level, **about}
    return [{**told, "numerator": k, "denominator": n, "value": k / n}] if n else []


def level_by_level(
    measure: str, so: "pd.Series[Any]", levels: "pd.Series[Any]", *, group: str, **about: Any
) -> Iterator[Record]:
    """A share for each level of a group, in the order in which readers look for them."""
    for level, ours in sorted(so.groupby(levels), key=lambda each: in_order(str(each[0]))):
        yield from share(measure, ours, group=group, level=str(level), **about)


def aside(why: "Mapping[str, pd.Series[Any] | int]", register: str) -> Iterator[Record]:
    """What no figure uses, by its reason, as the trust box tells it."""
    for rule, rows in why.items():
        if count := rows if isinstance(rows, int) else int(rows.sum()):
            told = {"measure": "set_aside", "group": "rule", "level": f"{rule} in {register.replace('_', ' ')}"}
            yield {**told, "numerator": count, "note": ""}


LONGEST = 80  # letters of a label: what is longer is no name of a course, a question or a theme


def short(label: str) -> str:
    """A label as a page has room for it, cut at a word.

    >>> short("a question of consent " * 20)[-12:]
    'question of…'
    """
    return label if len(label) <= LONGEST else f"{label[:LONGEST].rsplit(' ', 1)[0]}…"


def parted(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """A row for each of several words that stand in one cell of a column, so that each is counted and none is added.

    A semicolon or a line break parts them always; a comma or a stroke only where each part stands alone in another
    cell.
    """
    alone = set(table[column].str.strip().str.casefold())

    def parts(said: str) -> list[str]:
        found = [part for line in re.split(r"[;\n|]", said) if (part := line.strip())]
        loose = [[each.strip() for each in re.split(r"[,/]", part)] for part in found]
        known = [
            each if {*map(str.casefold, each)} <= alone else [part] for part, each in zip(found, loose, strict=True)
        ]
        return [each for one in known for each in one] or [""]

    return table.assign(**{column: table[column].map(parts).astype(object)}).explode(column, ignore_index=True)


def known_words(said: "pd.Series[Any]", people: "pd.Series[Any]", what: str) -> "pd.Series[Any]":
    """Words that enough people share, in one spelling; others are put together, and a blank has its own name.

    >>> known_words(pd.Series(["Drift", "drift "] * 3 + ["of Ann"]), pd.Series(range(7)), "reason").tolist()[-2:]
    ['Drift', 'another reason']
    """
    words = said.str.split().str.join(" ").map(short).astype(object)
    same = words.str.casefold()
    first, few = words.groupby(same).transform("first"), people.groupby(same).transform("nunique") < FEWEST_IN_A_GROUP
    return first.mask(few, f"another {what}").mask(same == "", f"no {what} recorded")


def by_words(measure: str, ours: pd.DataFrame, column: str, group: str, exact: bool) -> Iterator[Record]:
    """Children by the words of a column, what few have and what nobody wrote last; with two words a child is in both.

    Most come first where every count is shown; else the order would tell which of the hidden ones is greater.
    """
    told, every = parted(ours, column), ours["child_ref"].nunique()
    found = told.groupby(known_words(told[column], told["child_ref"], group))["child_ref"].nunique()
    last = (f"another {group}", f"no {group} recorded")
    found = found.sort_values(ascending=False, kind="stable") if exact else found
    for level in sorted(found.index, key=lambda each: each in last):
        about = {"measure": measure, "group": group, "level": str(level), "numerator": int(found[level])}
        yield {**about, "denominator": every, "value": found[level] / every}


def counted(found: Iterable[Record], *, theme: str, period: str) -> pd.DataFrame:
    """The rows as Measures of a theme and a month."""
    return measures({"theme": theme, "period": period, "method": "count", **each} for each in found)


def survey_names(told: pd.DataFrame) -> "pd.Series[Any]":
    """What each survey of a register is called: its id without its month, and the day on which it was counted."""
    names = told["survey_id"].str.replace(r"-?\d{4}-\d\d$", "", regex=True).str.replace("-", " ").map(short)
    return pd.Series(names + ", " + told["on"].dt.date.map(date_words), dtype=object)


def question_named(question: object, survey: str) -> str:
    """A question of a survey as a page tells it."""
    return f"{short(str(question))} ({survey})"
