"""Read the registers: the lists beside the returns, such as visits, closures and training.

They say how many children there are and what was done, so a finding can be set beside them.
All pass one reader; what differs is data in `fields`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.columns import NOT_KNOWN, UNTRIED
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.catalogue import load_authority
from ilacs_audit.intake.cells.days import EITHER, MONTH_FIRST
from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.cells.typed import Broken, not_yet, read_column, tidy
from ilacs_audit.intake.identity.people import nobody
from ilacs_audit.intake.identity.pseudonyms import find_key, replaced
from ilacs_audit.intake.identity.references import PADDED, read_references
from ilacs_audit.intake.problems import Loaded, Problem, problem, problems_table, shown, together
from ilacs_audit.intake.registers.exports import read_parts, register_files
from ilacs_audit.intake.registers.fields import (
    HUBS,
    IDENTIFIERS,
    MAY_BE_BLANK,
    ORDERED,
    REGISTERS,
    TOLD,
    WORDS,
    Field,
    own_words,
)
from ilacs_audit.intake.registers.files import FOLDER, Raw, no_columns
from ilacs_audit.intake.registers.hubs import Review, linked
from ilacs_audit.intake.tables.columns import ColumnMap

NEEDED, LATER, TWICE = Broken("missing value"), Broken("date in the future"), Broken("duplicate row")
BEFORE, AGAIN = Broken("before its beginning"), Broken("duplicate row: child")
_LISTED = ("audit_id", "child_ref")  # a register with both is of lists, and a list has each child once
_ONCE = frozenset({PADDED, MONTH_FIRST, EITHER})  # said of a column, whatever its first cell breaks besides

Faults = dict[tuple[str, int], Broken]  # by column and place
AsOf = date | str | None


def read_register(
    name: str,
    evidence: str | Path,
    *,
    as_of: AsOf = None,
    key: str | bytes | None = None,
    columns: ColumnMap | None = None,
    review: Review | None = None,
) -> Loaded:
    """Read one register with the columns of `SIDE_TABLES`, people and children as pseudonyms.

    A register that is not there is an empty table and a warning. `as_of` is the day the table
    speaks for; dates of things done after it are doubted. `columns` gives teams the names they
    have in the returns. `review` has what people said of records that may be one child's, and takes the pairs to ask
    about. Raises ReturnsError where a file cannot be read, lacks a needed column,
    or there are two.
    """
    given.path(evidence, f"load_{name}")
    folder, as_of = Path(evidence), None if as_of is None else parse_day(as_of)
    parts = read_parts(folder, name)
    if not parts:
        return absent(name)
    secret, fields = evidence_key(folder, key), REGISTERS[name]
    if name == "attendance" and len(parts) == len(HUBS):
        return _read_hubs(parts, secret, review or Review({}, {}, []))
    cells = [_read_cells(raw, fields) for raw in parts]
    _refuse_silence(name, parts, pd.concat([values for values, _ in cells]))
    read = [_kept(raw, fields, *each, as_of=as_of, key=secret) for raw, each in zip(parts, cells, strict=True)]
    table, problems = (pd.concat(frames, ignore_index=True) for frames in zip(*read, strict=True))
    return Loaded(_with_team_names(_in_one_spelling(table, fields), columns), problems)


def _read_hubs(parts: Sequence[Raw], key: bytes, review: Review) -> Loaded:
    """Who came to a family hub, linked from the children and the hubs' records; a sentence where nobody could weigh."""
    cells = [_read_cells(raw, fields) for raw, fields in zip(parts, HUBS.values(), strict=True)]
    _refuse_silence("hub_records", parts[1:], cells[1][0], needed=("attended",))
    each = zip(parts, HUBS.values(), cells, strict=True)
    read = [Loaded(*_kept(raw, fields, *told, as_of=None, key=key)) for raw, fields, told in each]
    table = linked(read[0].table, read[1].table, key=key, review=review)
    lost, of = (set(rows["child_ref"]) - {""} for rows in (table[table["matched"] == UNTRIED], table))
    untried = [parts[1].problem("linked-exactly", count=len(lost), of=len(of))] if lost else []
    return Loaded(table, together(*(each.problems for each in read), problems_table(untried)))


def _refuse_silence(name: str, parts: Sequence[Raw], read: pd.DataFrame, *, needed: Sequence[str] = ()) -> None:
    """Raise ReturnsError where a needed column is not there, or tells nothing in any row that can be read."""
    needed = needed or TOLD.get(name, ())
    for raw in parts:
        lost = {each.column for each in raw.problems if each.rule == "missing-column"}
        if absent := [column for column in needed if column in lost]:
            raise no_columns(raw.file, absent)
    blank = {column: not any(tidy(cell) for raw in parts for cell in raw.cells[column]) for column in needed}
    silent = [column for column in needed if not read[column].dropna().isin(("", "unknown")).eq(False).any()]
    silent = [column for column in silent if not (blank[column] and column in MAY_BE_BLANK)]
    if silent and len(read):
        what = f"The register tells nothing that can be read in a column it cannot do without: {', '.join(silent)}."
        fix = "Fill the column, or give its name to the column that holds it."
        raise ReturnsError(what, where=parts[0].file, fix=fix)


def load_or_refuse(
    name: str, evidence: Path, *, key: str | bytes | None, columns: ColumnMap | None, review: Review | None = None
) -> Loaded:
    """Read a register; one that is refused is empty, and the refusal is its problem."""
    try:
        return read_register(name, evidence, key=key, columns=columns, review=review)
    except ReturnsError as refused:
        told = problem("register refused", what=refused.what, fix=refused.fix, file=refused.where)
        return absent(name, told)


def register_problems(evidence: Path, *, columns: ColumnMap | None) -> pd.DataFrame:
    """What is wrong in the registers of an evidence folder; one that is not there is nobody's fault."""
    there = [name for name in REGISTERS if register_files(evidence, name)]
    return together(*(load_or_refuse(name, evidence, key=None, columns=columns).problems for name in there))


def told_of_columns(problems: pd.DataFrame) -> Iterator[str]:
    """A sentence for each register that was refused, and each column that is missing or not wholly read."""
    for each in problems[problems["rule"].isin(["register refused", "missing-column", "linked-exactly"])].itertuples():
        yield f"{each.file}: {each.message} {each.fix}"
    unread = problems[problems["rule"].isin(NOT_KNOWN)]
    for (file, column, severity), rows in unread.groupby(["file", "column", "severity"]):
        became = "set their rows aside" if severity == "error" else "count as not known"
        yield f"{file}, column {column}: cells not read: {len(rows):,}. They {became}."


def read_table(raw: Raw, fields: Mapping[str, Field], *, as_of: AsOf, key: bytes) -> Loaded:
    """Turn cells into a table: values read, unusable rows set aside, identifiers replaced."""
    day = None if as_of is None else parse_day(as_of)
    return _kept(raw, fields, *_read_cells(raw, fields), as_of=day, key=key)


def _kept(
    raw: Raw, fields: Mapping[str, Field], table: pd.DataFrame, broken: Faults, *, as_of: AsOf, key: bytes
) -> Loaded:
    """The rows of a table that are used, and what each broken cell broke."""
    once: dict[tuple[str, Broken], int] = {}  # what is said of a whole column, beside the first cell it is true of
    for (column, place), rule in broken.items():
        if rule.case in _ONCE:
            once.setdefault((column, rule), place)
    faults = {at: rule for at, rule in broken.items() if rule.case not in _ONCE}
    aside = _judge(table, faults, fields, as_of)
    told = [(column, place, rule) for (column, rule), place in once.items()]
    order = list(fields)
    told += [(*at, faults[at]) for at in sorted(faults, key=lambda at: (order.index(at[0]), at[1]))]
    found = problems_table([*raw.problems, *(_problem(raw, fields, *each) for each in told)])
    kept = table[~aside].reset_index(drop=True)
    named = {column: field.kind for column, field in fields.items() if field.kind in IDENTIFIERS}
    return Loaded(kept.assign(**{name: replaced(kept[name], kind, key) for name, kind in named.items()}), found)


def absent(name: str, why: Problem | None = None) -> Loaded:
    """An empty register and the problem that left it empty: that it is not there, if not another."""
    missing = why or problem("missing register", name=name, folder=FOLDER, file=f"{FOLDER}/{name}")
    return Loaded(no_rows(REGISTERS[name]), problems_table([missing]))


def no_rows(fields: Mapping[str, Field]) -> pd.DataFrame:
    """A table without rows, in the shape of a full one."""
    return pd.DataFrame({name: read_column(pd.Series(dtype=object), field.kind)[0] for name, field in fields.items()})


def evidence_key(source: Path, key: str | bytes | None) -> bytes:
    """The key of an evidence folder or of a file in one: the one given, the environment's, or the example's own."""
    folder = source if source.is_dir() else source.parent
    named = [each for each in (folder, folder.parent) if (each / "authority.yml").is_file()]
    return find_key(key, example=any(load_authority(each).example for each in named))


def _in_one_spelling(table: pd.DataFrame, fields: Mapping[str, Field]) -> pd.DataFrame:
    """Words that differ in their case alone as one label, in the spelling that most rows have, or the first of them."""
    for column in (column for column, field in fields.items() if field.kind in WORDS):
        rarest_first = table[column].value_counts(sort=False)[::-1].sort_values(kind="stable").index
        usual = {each.casefold(): each for each in rarest_first}
        table = table.assign(**{column: table[column].str.casefold().map(usual).astype(table[column].dtype)})
    return table


def _with_team_names(table: pd.DataFrame, columns: ColumnMap | None) -> pd.DataFrame:
    """Give each team the name it is known by; a name that is not known stays as it was sent."""
    if columns is None or "team" not in table:
        return table
    names = {sent: columns.team_names.get(fold(sent), sent) for sent in table["team"].unique()}
    return table.assign(team=table["team"].map(names).astype(table["team"].dtype))


def _read_cells(raw: Raw, fields: Mapping[str, Field]) -> tuple[pd.DataFrame, Faults]:
    """What the cells say, and the rule that each breaks."""
    values, faults = {}, Faults()
    for column, field in fields.items():
        cells = raw.cells[column]
        read = _references(cells) if field.kind in ("child", "request") else None
        values[column], rules = read or _read(cells, column, field, since_1904=raw.since_1904)
        faults |= {(column, place): rule for place, rule in enumerate(rules) if rule}
    return pd.DataFrame(values, index=raw.cells.index), faults


def _read(cells: pd.Series[Any], column: str, field: Field, **how: bool) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """A column as its kind is read: nobody is named where a post is nobody's, and no end where it has not come."""
    cells = cells.mask(cells.map(nobody), "") if field.kind == "person" else cells
    cells = cells.mask(cells.map(not_yet), "") if field.sound else cells
    return read_column(cells, field.kind, own=own_words(column) if field.kind == "yes_no" else {}, **how)


def _references(cells: pd.Series[Any]) -> tuple[pd.Series[Any], list[Broken | None]]:
    """A column of references, and beside them the rule each cell broke."""
    texts = ["" if pd.isna(cell) else cell for cell in cells]
    read = read_references(texts)
    broken = [Broken(read[text].case) if read[text].case else None for text in texts]
    return pd.Series([read[text].text for text in texts], cells.index, dtype=object).astype(str), broken


def _judge(table: pd.DataFrame, faults: Faults, fields: Mapping[str, Field], as_of: AsOf) -> pd.Series[Any]:
    """Which rows are set aside; the rule that each further doubted cell breaks is added."""
    aside = pd.Series(False, index=table.index)
    for column, field in fields.items():
        if field.required:
            empty = table[column].isna() | (table[column].astype(object) == "")
            empty &= ~(table["role"] != "") if field.post else True
            aside |= empty
            for place in np.flatnonzero(empty):
                faults.setdefault((column, int(place)), NEEDED)
        if field.sound:
            aside.iloc[[place for at, place in faults if at == column]] = True
        if field.past and as_of is not None:
            late = np.flatnonzero(table[column] > pd.Timestamp(as_of))
            faults.update({(column, int(place)): LATER for place in late})
    for first, then in (pair for pair in ORDERED if {*pair} <= {*fields}):
        end = table[then].mask(table[then] == table[then].dt.normalize(), table[then] + pd.Timedelta(hours=23.99))
        faults.update({(then, int(place)): BEFORE for place in np.flatnonzero(end < table[first])})
    who = next(iter(fields))
    vacant = table[who].isna() | (table[who] == "")  # two posts that nobody holds are no post told twice
    again, once = ~aside & ~vacant & table.duplicated(), [*_LISTED] if {*_LISTED} <= {*fields} else None
    faults.update({(who, int(place)): TWICE for place in np.flatnonzero(again)})
    if once:
        other = ~aside & ~again & table[~aside].duplicated(once).reindex(table.index, fill_value=False)
        faults.update({("child_ref", int(place)): AGAIN for place in np.flatnonzero(other)})
        again |= other
    return aside | again


def _problem(raw: Raw, fields: Mapping[str, Field], column: str, place: int, rule: Broken) -> Problem:
    aside = (fields[column].required or fields[column].sound) and rule.case not in {LATER.case, BEFORE.case, *_ONCE}
    told = {"severity": "error" if aside else "", "reason": rule.reason, "value": shown(raw.cells[column].iloc[place])}
    return raw.problem(rule.case, **told, row=int(raw.cells.index[place]), column=column)
