"""What auditors write again and again, in wording that a person released, and phrases that no theme holds yet.

A comment is read here and counted; no letter of it goes on. A theme is told from three files of different children, so
that nobody is told of one, and one auditor's comment that was copied from file to file counts once.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.analysis.month import of_month
from ilacs_audit.analysis.shares import Record, counted, share
from ilacs_audit.claims.prose.wording import licensed_wording
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.catalogue.learning import LearningTheme
from ilacs_audit.domain.columns import FIRST
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts

FEWEST = 3  # files of different children, for a theme and for a phrase
_DRAFTED_BY_AI = ("ai checked", "ai unchecked")
_ENDS = re.compile(r"[.!?\n]+")
_MARKS = re.compile(r"\[[^\]]*\]|[;:,()\"“”‘–—-]|\w*\d\w*")  # what was hidden at intake, and where a phrase ends
_TAGS = re.compile(r"#([\w-]+)|^\s*([\w-]+)\s*$", re.MULTILINE)  # in a comment, or alone in a column of tags
_LETTERS = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL_WORDS = """
a about after all am an and any are as at be been before but by can could did do does for from had has have he her him
his how i if in into is it its me more my no nor not of off on once or our out over own she so some such than that the
their them then there these they this those to too under until up us very was we were what when where which who will
with would you your
"""
_SHORT = frozenset(_SMALL_WORDS.split())
_LONGEST, _SHORTEST, _MOST = 6, 2, 40


def _contents(work: Dossier) -> dict[str, Any]:
    return {"returns": of_month(work)["returns"], "themes": work.handed.learning().themes, "period": work.period}


@accepts(Dossier, _contents)
def learning_themes(returns: pd.DataFrame, *, themes: Sequence[LearningTheme], period: str = "") -> pd.DataFrame:
    """Count the files in which each released theme occurs, of the files with comments.

    Returns Measures: `files_commented` of all files read; by "practice theme" and "recording theme", `theme_weak` and
    `theme_strong`, a row a theme that occurs in three files or more, the most first. A file may hold several themes, so
    they are never added. Raises CommentaryError where a wording claims more than that auditors wrote it.

    """
    returns = doors.answers(returns, also=("comment", "rater_ref", "drafted_by"))
    files = returns[returns["role"].isin(FIRST)]
    told = comments(returns)
    released = licensed_wording([each for each in themes if each.released])
    every = files["child_ref"].drop_duplicates()
    found = [*share("files_commented", every.isin(told["child_ref"]))]
    n = told["child_ref"].nunique()
    held = sorted(((holding(told, each), each) for each in released), key=lambda pair: (-len(pair[0]), pair[1].wording))
    found += [_row(len(files), n, theme) for files, theme in held if len(files) >= FEWEST]
    return counted(found, theme="", period=period)


def _row(k: int, n: int, theme: LearningTheme) -> Record:
    measure = "theme_weak" if theme.shows == "weakness" else "theme_strong"
    told = {"measure": measure, "group": f"{theme.kind} theme", "level": theme.wording}
    return {**told, "numerator": k, "denominator": n, "value": k / n}


def comments(returns: pd.DataFrame) -> pd.DataFrame:
    """What those who read first wrote in their own words: a row a file and comment, as it was hidden at intake."""
    ours = returns["role"].isin(FIRST) & ~returns["drafted_by"].isin(_DRAFTED_BY_AI)
    said = returns.loc[ours & (returns["comment"].str.strip() != ""), ["audit_id", "child_ref", "rater_ref", "comment"]]
    return said.drop_duplicates(ignore_index=True)


def holding(told: pd.DataFrame, theme: LearningTheme) -> set[str]:
    """The files of which a comment holds a theme; of one auditor's comments that are the same word for word, one."""
    ours = held_comments(told, theme)
    return {*ours.assign(words=ours["comment"].map(_run)).drop_duplicates(["rater_ref", "words"])["child_ref"]}


def held_comments(told: pd.DataFrame, theme: LearningTheme) -> pd.DataFrame:
    """The comments that hold a theme: one of its phrases, or its id as a tag, and none of those that it leaves out."""
    phrases, unless = ([_run(each) for each in said] for said in (theme.phrases, theme.unless))

    def held(comment: str) -> bool:
        words = _run(comment)
        tags = {each.casefold() for pair in _TAGS.findall(comment) for each in pair}
        found = theme.id.casefold() in tags or any(each in words for each in phrases)
        return found and not any(each in words for each in unless)

    return told[told["comment"].map(held).astype(bool)]


def _run(text: str) -> str:
    """The words of a text between single spaces, without marks, accents and capitals."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    words = _LETTERS.findall(re.sub("['’]", "", plain.casefold()))
    return f" {' '.join(words)} "


def frequent_phrases(returns: pd.DataFrame, *, themes: Sequence[LearningTheme] = ()) -> pd.DataFrame:
    """List phrases that stand in comments of three files or more and in no theme, for a person to release as one.

    Returns a table `phrase, files, audits`, the most files first, 40 at most: runs of two to six words within a
    sentence that neither begin nor end with a small word, the longest of those that stand in the same files. Numbers,
    what was hidden as a name, a capital inside a sentence and words that nobody writes with a small letter end a
    phrase, so that it holds no name that is written as one. For private use: it is made of comments.

    Example: `ia.frequent_phrases(work.answers)`.
    """
    told = comments(doors.answers(returns, also=("comment", "rater_ref", "drafted_by")))
    taken: set[str] = set().union(*(holding(told, each) for each in themes)) if len(told) else set()
    small = {word for said in told["comment"] for word in _WORD.findall(said) if word == word.casefold()}
    places: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for audit, child, rater, said in told.itertuples(index=False):
        for phrase in {*_phrases(said, small)}:
            places[phrase].setdefault((rater, _run(said)), f"{child} {audit}")
    files = {phrase: {*each.values()} for phrase, each in places.items()}
    often = {phrase: each for phrase, each in files.items() if _children(each) >= FEWEST}
    alike: dict[frozenset[str], list[str]] = defaultdict(list)
    for phrase, each in often.items():
        alike[frozenset(each)].append(phrase)
    free = (same for each, same in alike.items() if not {place.partition(" ")[0] for place in each} <= taken)
    kept = [each for same in free for each in same if not any(f" {each} " in f" {one} " for one in same if one != each)]
    rows = [(each, _children(often[each]), len({place.partition(" ")[2] for place in often[each]})) for each in kept]
    rows = sorted(rows, key=lambda row: (-row[1], row[0]))[:_MOST]
    return pd.DataFrame(rows, columns=["phrase", "files", "audits"])


def _children(places: set[str]) -> int:
    return len({place.partition(" ")[0] for place in places})


def _phrases(said: str, small: set[str]) -> Iterator[str]:
    """Every run of words of a comment that could be a phrase: a capital letter inside a sentence may be a name's."""
    for sentence in _ENDS.split(said):
        first = next(iter(_WORD.findall(sentence)), "")
        for part in _MARKS.split(sentence):
            run: list[str] = []
            for word in [*(each.strip("'’*/&#+") for each in part.split()), ""]:
                plain = word.casefold()
                if _WORD.fullmatch(word) and plain in small and word in (plain, first):
                    run.append(plain)
                    continue
                yield from _runs(run)
                run = []


def _runs(words: Sequence[str]) -> Iterator[str]:
    for start in range(len(words)):
        for end in range(start + _SHORTEST, min(start + _LONGEST, len(words)) + 1):
            if words[start] not in _SHORT and words[end - 1] not in _SHORT:
                yield " ".join(words[start:end])
