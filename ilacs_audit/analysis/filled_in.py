"""A form as its readers filled it in, over all its rounds: what is asked about its questions starts from this."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from ilacs_audit.analysis.second import ONE_FILE
from ilacs_audit.domain.counting import read_by
from ilacs_audit.domain.standards import NOT_APPLICABLE, OVERALL, Standard, Theme

OUTSIDE = -1.0  # the verdict of a question that does not apply to the file


class Form(NamedTuple):
    """Its questions by code, and a row a file: the auditor's answers, a second reader's, the grade, if it is new."""

    asked: Mapping[str, Standard]
    first: pd.DataFrame
    second: pd.DataFrame
    good: "pd.Series[float]"
    latest: "pd.Series[bool]"

    def verdicts(self, answers: pd.DataFrame) -> pd.DataFrame:
        """1 where an answer meets its question, 0 where not, OUTSIDE where it does not apply, missing where blank."""
        return _mapped(
            answers, {code: {NOT_APPLICABLE: OUTSIDE, **_marks(self.asked[code])} for code in map(str, answers)}
        )

    def places(self) -> pd.DataFrame:
        """Where the auditor's answer stands on its scale, the best first; missing where it is none."""
        scales = {code: enumerate(each.scale.levels) for code, each in self.asked.items()}
        return _mapped(self.first, {code: {word: at for at, word in scale} for code, scale in scales.items()})


def filled_in(answers: pd.DataFrame, theme: Theme) -> Form:
    """The form of a theme: of each question as it was last worded, every answer that compares with it.

    An answer to an earlier wording is left out unless the standard calls it comparable. Of two answers to one question
    of one file by readers of one role the later counts.
    """
    asked = {each.id: each for each in theme.standards}
    answers = answers[answers["standard_id"].isin([*asked, OVERALL])]
    last = answers.groupby("standard_id")["standard_version"].max()
    pairs = answers[["standard_id", "standard_version"]].drop_duplicates().itertuples(index=False, name=None)
    same = [pair for pair in pairs if pair[0] in asked and _compares(asked[pair[0]], pair[1], int(last[pair[0]]))]
    ours = answers[pd.MultiIndex.from_frame(answers[["standard_id", "standard_version"]]).isin(same)]
    first, second = (_wide(ours, role, [*asked]) for role in ("auditor", "moderator"))
    grades = _wide(answers, "auditor", [OVERALL])[OVERALL]
    good = grades.isin(theme.grade.meets).where(grades.notna()).astype(float)
    months = ours.drop_duplicates(ONE_FILE).set_index(ONE_FILE)["period"].reindex(first.index)
    return Form(asked, first, second.reindex(first.index), good.reindex(first.index), months == months.max())


def _compares(asked: Standard, version: int, last: int) -> bool:
    """Whether an answer to a wording counts with those to the last one that was asked."""
    return version == last or (last == asked.version and asked.comparable(version) == "yes")


def _wide(answers: pd.DataFrame, role: str, codes: list[str]) -> pd.DataFrame:
    told = read_by(answers, role=role)
    told = told[told["standard_id"].isin(codes)].drop_duplicates([*ONE_FILE, "standard_id"], keep="last")
    wide = told.set_index([*ONE_FILE, "standard_id"])["answer"].unstack("standard_id")  # noqa: PD010  # no sum of answers
    return wide.reindex(columns=codes)


def _marks(asked: Standard) -> dict[str, float]:
    return {word: float(asked.meets(word)) for word in asked.scale.levels}


def _mapped(answers: pd.DataFrame, words: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    """Each column put into numbers by its own words; a word that it does not know is missing."""
    told = {code: answers[code].map(dict(known)).astype(float) for code, known in words.items()}
    return pd.DataFrame(told, index=answers.index, columns=[*words])
