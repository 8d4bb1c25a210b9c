"""What a public function does first: make sure that it was handed what it can read, and say so if not.

A table in the wrong shape gives a wrong number more often than an error: answers written YES met no
standard, and a role nobody holds counted no file. Each door looks once, at whole columns, and refuses in
one sentence that a QA lead can act on. Words of a table are shown only where they stand in the column of
answers and could not be a person's.
"""

import re
from collections.abc import Iterable

import pandas as pd

from ilacs_audit.domain.columns import PEOPLE, PROBLEM_COLUMNS, ROLES, SIDE_TABLES
from ilacs_audit.domain.errors import AuditError, CatalogueError, ReturnsError, UsageError, near, quoted
from ilacs_audit.domain.given import HOW, a_column, count, listed, needed, of_kind, table_of, told
from ilacs_audit.domain.measures import MEASURE_COLUMNS, SOME
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import GRADES, NOT_APPLICABLE, OVERALL, SCALES, Standards

COUNTED = ("audit_id", "period", "audited_on", "child_ref", "role", "agency", "standard_id", "answer")
WORDS = frozenset({NOT_APPLICABLE}.union(*(scale.levels for scale in SCALES.values())))
_MARKS = frozenset(SCALES["scaling"].levels)
_SHOWN, _LONGEST = 3, 30
_ANSWER_LIKE = re.compile(r"[\d.,%]+|n/?a|nan|none|true|false|y(es)?|no?", re.I)
ANSWERS = ("answers", "Give the answers, such as ia.load_returns(...).table.")
FINDINGS = ("measures", SOME)
CASES = ("a case list", "Give the cases, such as ia.load_cases(folder).table.")
AUDITORS = ("a table of auditors", "Give one row a person: auditor, team and capacity, the files each can read.")
PROBLEMS = ("problems", "Give the problems, such as ia.load_returns(...).problems.")


def answers(
    table: object,
    *,
    standards: object = None,
    programme: object = None,
    by: object = "standard",
    role: object = "auditor",
    standard: object = OVERALL,
    also: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Pass Answers, and the catalogue by which they are counted, or refuse.

    Raises UsageError on what is no table of answers, ReturnsError where their words are not the vocabulary,
    CatalogueError on an unknown standard.
    """
    known, _ = of_kind(standards, Standards, "standards"), of_kind(programme, Programme, "programme")
    found = table_of(table, (*COUNTED, *also), *ANSWERS)
    if role not in PEOPLE:  # an AI's answers are a finding for nobody
        fix = near(role, PEOPLE, otherwise=f"Use {_either(PEOPLE)}.")
        raise UsageError(f"{quoted(role)} is not a role whose answers are counted.", fix=fix)
    if by != "standard":
        a_column(found, by)
    if strange := [each for each in found["role"].unique().tolist() if each not in ROLES]:
        where = f"column 'role', {int(found['role'].isin(strange).sum())} rows"
        raise ReturnsError("The roles are not those of a return.", where=where, fix=f"Write {_either(ROLES)}.")
    _of_vocabulary(found, known)
    if standard != OVERALL:  # one that neither the catalogue nor the answers know would give an empty table
        known_standard(standard or None, known)
        if known is None and len(found) and standard not in (there := found["standard_id"].unique().tolist()):
            raise near_standard(standard, there)
    return found


def answers_of(audit: object, table: object, *, standards: object, programme: object) -> pd.DataFrame:
    """The Answers of one audit, none where there is no audit; refused as in `answers`, and an unknown audit too."""
    planned = of_kind(programme, Programme, "programme")
    if audit is not None and planned is not None:
        audit = (planned[audit] if isinstance(audit, str) else needed(audit, Audit, "audit")).id
    found = table_of(table, COUNTED, *ANSWERS)
    return answers(found[found["audit_id"] == (audit or "")], standards=standards, programme=programme)


def rounds(
    before: object, after: object, among: object, by: object, paired_on: object, standards: object, programme: object
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame | None]:
    """Pass the Answers of two rounds, and of everything read at the time of the first, or refuse."""
    was, now = (answers(each, by=by, standards=standards, programme=programme) for each in (before, after))
    if paired_on is not None:
        a_column(was, paired_on)
        a_column(now, paired_on)
    return was, now, None if among is None else answers(among)


def findings(table: object) -> pd.DataFrame:
    """Pass Measures, or refuse. Raises UsageError."""
    return table_of(table, MEASURE_COLUMNS, *FINDINGS)


def problems(table: object, *columns: str) -> pd.DataFrame:
    """Pass the problems of returns, or refuse. Raises UsageError."""
    return table_of(table, columns or PROBLEM_COLUMNS, *PROBLEMS)


def for_draw(
    cases: object, auditors: object, *, size: object, seed: object, strata: object, by: str = "file"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pass a case list and those who may read its files, or refuse. Raises UsageError."""
    count(size, "size")
    count(seed, "seed")
    listed_cases = table_of(cases, ("child_ref", "team", "worker_ref"), *CASES)
    people = table_of(auditors, ("auditor", "team", "capacity"), *AUDITORS)
    for column in (strata, None if by == "file" else f"{by}_ref"):
        if column is not None:
            a_column(listed_cases, column)
    for room in people["capacity"]:
        count(room, "capacity")
    return listed_cases, people


def register(table: object, name: str, *columns: str) -> pd.DataFrame:
    """Pass a register with these columns, or all of its own, its days read as days, or refuse. Raises UsageError."""
    what, wanted = f"the {name} register", columns or SIDE_TABLES[name]
    fix = f"Give the register, such as ia.load_{name}(folder, as_of=...).table."
    found = table_of(table, wanted, what, fix)
    days = [each for each in wanted if each == "on" or each.endswith(("_on", "_at"))]
    if len(found) and not all(pd.api.types.is_datetime64_any_dtype(found[each]) for each in days):
        raise UsageError(f"The columns {listed(days)} of {what} do not all hold days.", fix=fix)
    return found


def each_audit(audits: object) -> list[Audit]:
    """Refuse rounds that are not protocols: one alone, ids, or nothing. Raises UsageError."""
    if isinstance(audits, Audit | str) or not isinstance(audits, Iterable):
        raise UsageError(f"audits= was given {told(audits)}, where a list of protocols is needed.", fix=HOW["Audit"][1])
    return [needed(audit, Audit, "audits") for audit in audits]


def audits_of(audits: object, programme: object) -> list[Audit]:
    """The protocols of audits that the programme has; one id alone is a list of one. Raises an AuditError."""
    planned = needed(programme, Programme, "programme")
    if isinstance(audits, str):
        return [planned[audits]]
    if not isinstance(audits, Iterable):
        fix = "Write them like audits=['consent-2024-11']."
        raise UsageError(f"audits= was given {told(audits)}, where ids of audits are needed.", fix=fix)
    return [planned[each] for each in audits]


def _of_vocabulary(table: pd.DataFrame, standards: Standards | None) -> None:
    """Refuse answers that no scale knows, and words of one scale where the standard is on another."""
    given, usual = set(table["answer"].unique().tolist()), WORDS - _MARKS
    known = WORDS if standards is None else WORDS | standards.answers
    if strange := given - known:
        raise _strange(strange, sorted(known - _MARKS), rows=int(table["answer"].isin(strange).sum()))
    if standards is not None and given - usual:
        odd = table.loc[~table["answer"].isin(usual) & (table["standard_id"] != OVERALL), ["standard_id", "answer"]]
        asked = [each for each in odd["standard_id"].unique() if each in standards]
        scales = {each: standards[each].scale for each in asked}
        told = odd.drop_duplicates().itertuples(index=False)
        wrong = [(code, word) for code, word in told if code in scales and not scales[code].accepts(word)]
        if wrong:
            codes, words = ({pair[place] for pair in wrong} for place in (0, 1))
            rows = int((odd["standard_id"].isin(codes) & odd["answer"].isin(words)).sum())
            raise _strange(words, scales[wrong[0][0]].levels, rows=rows)


def _strange(words: Iterable[object], known: Iterable[str], *, rows: int) -> AuditError:
    """Some of the words, where they are an answer in another spelling, a number or a mark, and so nobody's name."""
    bare = {text: " ".join(re.sub("[_-]", " ", text.casefold()).split()) for text in map(str, words)}
    fit = sorted(
        text
        for text, word in bare.items()
        if len(text) <= _LONGEST and (word in WORDS or word in GRADES or _ANSWER_LIKE.fullmatch(text))
    )
    shown = f", such as {listed(fit[:_SHOWN])}" if fit else ""
    fix = f"Read them with ia.load_returns, or write {_either(known)}."
    return ReturnsError(
        f"Answers are in words that their scale does not know{shown}.", where=f"column 'answer', {rows} rows", fix=fix
    )


def _either(words: Iterable[str]) -> str:
    each = list(words)
    return f"{', '.join(each[:-1])} or {each[-1]}" if len(each) > 1 else each[0]


def known_standard(code: object, standards: object) -> None:
    """Refuse a standard that the catalogue does not have; none at all is no standard. Raises an AuditError."""
    known = of_kind(standards, Standards, "standards")
    if known is not None and code != "" and code not in known:
        raise near_standard(code, [each.id for each in known])


def near_standard(code: object, known: Iterable[str]) -> CatalogueError:
    """An unknown standard, with those that look like it."""
    return CatalogueError(f"There is no standard {quoted(code)}.", fix=near(code, known, otherwise="Correct the id."))
