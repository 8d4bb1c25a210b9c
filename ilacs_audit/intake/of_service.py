"""What of the evidence is one service's: the files of its teams, and an audit's protocol as far as it speaks for them.

A draw from the whole council's list is a draw from the service's part of it, whose length nobody wrote: so a range
speaks for practice and not for a list. Where the list was drawn by team, each team's part is known, and with it the
service's. A file that never came has no team, so any may be the service's own, and its ranges allow for that.
"""

import copy
from typing import Any

import pandas as pd

from ilacs_audit.domain.catalogue.services import Service
from ilacs_audit.domain.errors import ReturnsError, bare
from ilacs_audit.domain.programme import Audit
from ilacs_audit.intake.problems import Loaded

_UNREAD = ("missing-return", "unread-return", "missing-reference", "excluded")
_NO_MEANING = "unknown-answer"
SMALLEST = 6  # files of a service in an audit: of fewer it has no page on it


def of_teams(table: pd.DataFrame, service: Service) -> pd.DataFrame:
    """The rows of a service's teams; none of a table that knows no team."""
    if "team" not in table:
        return table.iloc[:0]
    return table[table["team"].isin(_ours(table, service))].reset_index(drop=True)


def _ours(table: pd.DataFrame, service: Service) -> set[str]:
    """The teams of a service, as a table spells them."""
    return {team for team in table["team"].unique() if service.has(str(team))}


def loaded_of(every: Loaded, service: Service) -> Loaded:
    """The answers of a service's teams, and the problems of their rows and of rows that have no team."""
    near = every.problems["team"].isin({"", *_ours(every.problems, service)})
    return Loaded(of_teams(every.table, service), every.problems[near].reset_index(drop=True))


def files_of(answers: pd.DataFrame, audit: Audit) -> int:
    """How many files of an audit were read."""
    ours = answers[(answers["audit_id"] == audit.id) & answers["role"].isin(audit.readers)]
    return int(ours["child_ref"].nunique())


def part_of(audit: Audit, every: Loaded, service: Service) -> Audit:
    """The protocol of an audit for the service's part of its list."""
    ours, strata = loaded_of(every, service), tuple(each for each in audit.strata if service.has(each.name))
    came, all_came = files_of(ours.table, audit), files_of(every.table, audit)
    by_team = {bare(team) for team in ours.table["team"].unique()}
    drawn = sum(each.drawn for each in strata)
    if strata and by_team <= {bare(each.name) for each in strata}:
        size = sum(each.size for each in strata)
        how = "random" if len(strata) == 1 else "stratified" if _in_proportion(strata) else "uneven"
        parts = strata if len(strata) > 1 else ()
        told: dict[str, Any] = {"strata": parts, "selection": how, "intended": max(drawn, came)}
        return _of_list(audit, service, size, **told)
    lost = audit.asked(all_came, _unread(every.problems, audit)) - all_came
    elsewhere = _unread(every.problems, audit) - _unread(ours.problems, audit)
    gone = max(lost - elsewhere, 0)
    whole = audit.selection == "census" and all_came == audit.population_size
    return _of_list(audit, service, came if whole else None, strata=(), intended=came + gone)


def refuse_new_words(problems: pd.DataFrame, audit_id: str) -> None:
    """Stop the page of a service whose files hold a word that has no meaning yet: of so few one is not left out.

    Raises ReturnsError, which names the column and no word: the owner's page has that, with file and row.
    """
    unknown = problems[
        (problems["rule"] == _NO_MEANING) & (problems["audit_id"] == audit_id) & (problems["team"] != "")
    ]
    if len(unknown):
        first = unknown.iloc[0]
        raise ReturnsError(
            f"Column '{first['column']}' has a new value, in row {first['row']}; what it means is not known.",
            where=audit_id,
            fix=str(first["fix"]),
        )


def _unread(problems: pd.DataFrame, audit: Audit) -> int:
    rows = problems[(problems["audit_id"] == audit.id) & problems["rule"].isin(_UNREAD) & problems["row"].notna()]
    return len(rows.drop_duplicates(["file", "sheet", "row"]))


def _in_proportion(strata: tuple[Any, ...]) -> bool:
    listed, drawn = sum(each.size for each in strata), sum(each.drawn for each in strata)
    return not any(abs(each.drawn * listed - each.size * drawn) >= listed for each in strata)


def _of_list(audit: Audit, service: Service, size: int | None, **changes: Any) -> Audit:
    listed = f"{audit.population.listed or 'The list'} (those of {service.title})"
    ahead = _but(
        audit.next, size=None
    )  # what is booked is the council's, and nobody knows how much of it is this one's
    made: Audit = _but(audit, population=_but(audit.population, listed=listed, size=size), next=ahead, **changes)
    return made


def _but(entry: Any, **changes: Any) -> Any:
    """A copy of an entry that says some things otherwise than a person may write them, so that it is not read again."""
    made = copy.copy(entry)
    for name, value in changes.items():
        object.__setattr__(made, name, value)
    return made
