"""What an AI had a part in: how often it gave a person's grade, and who drafted the words of a return.

An AI is one more reader to be checked against people, and never the other way round: nothing here corrects a figure,
and no other analysis looks at an AI's answers.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.analysis.month import of_month
from ilacs_audit.analysis.second import ONE_FILE, answered_twice, graded_twice, of_enough_files
from ilacs_audit.analysis.shares import Record, counted, share
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.columns import AI, DRAFTED
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import OVERALL, Standards

WHO_DRAFTED = "who drafted the words"
_NAMES = {"person": "a person", "ai checked": "an AI, checked by a person", "ai unchecked": "an AI, not checked"}
NOT_SAID = "not said"


def _contents(work: Dossier) -> Record:
    month = {name: each for name, each in of_month(work).items() if name != "problems"}
    return {**month, "exact": work.audience == "internal"}


@accepts(Dossier, _contents)
def ai_readers(
    returns: pd.DataFrame,
    *,
    programme: Programme,
    audits: Sequence[str],
    standards: Standards | None = None,
    period: str = "",
    exact: bool = True,
) -> pd.DataFrame:
    """Count how often an AI reader gave the grade of the person who read the same file, and who drafted the words.

    Returns Measures for all audits together and for each (group "audit", level its title), none with an interval:
    `ai_same`, `ai_near` (within one grade), `ai_down` (the AI's is worse) and `ai_up` of the files that an auditor and
    an AI both graded, `ai_answer_same` of the answers that both gave, and of people's returns `drafted` (group "who
    drafted the words"), a row for each answer given. Unless `exact`, audits of which both read fewer than five files
    are in no count of an AI's grades and answers.
    Example: `ia.ai_readers(month)`.
    """
    returns = doors.answers(returns, standards=standards, also=("rater_ref", "team"))
    pairs, found = graded_twice(returns, standards=standards, again=AI), [*_drafted(returns)]
    twice = answered_twice(returns, again=AI)
    answers = twice[twice["standard_id"] != OVERALL]
    pairs, answers = (pairs, answers) if exact else (of_enough_files(pairs), of_enough_files(answers))
    found += [*_of_moves(pairs["moved"]), *_same(answers)]
    for audit in doors.audits_of(audits, programme):
        about = {"group": "audit", "level": audit.title}
        found += _of_moves(pairs.loc[pairs["audit_id"] == audit.id, "moved"], **about)
        found += _same(answers[answers["audit_id"] == audit.id], **about)
    return counted(found, theme="", period=period)


def _of_moves(moves: "pd.Series[Any]", **about: Any) -> Iterator[Record]:
    for name, so in (("same", moves == 0), ("near", moves.abs() <= 1), ("down", moves > 0), ("up", moves < 0)):
        yield from share(f"ai_{name}", so, **about)


def _same(answers: pd.DataFrame, **about: Any) -> list[Record]:
    return share("ai_answer_same", answers["answer"] == answers["answer_again"], **about)


def _drafted(returns: pd.DataFrame) -> Iterator[Record]:
    """Of the returns of auditors and partners, who drafted the words of each; a blank is one, where any says it."""
    ours = returns[returns["role"].isin(("auditor", "partner"))]
    said = ours["drafted_by"].map(_NAMES) if "drafted_by" in ours else pd.Series(index=ours.index, dtype=object)
    told = said.fillna(NOT_SAID)[~ours.duplicated([*ONE_FILE, "role", "agency"], keep="last")]
    for level in (*map(_NAMES.get, DRAFTED), NOT_SAID) if (told != NOT_SAID).any() else ():
        if (so := told == level).any():
            yield from share("drafted", so, group=WHO_DRAFTED, level=str(level))
