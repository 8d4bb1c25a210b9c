"""What a person reads before a theme is released: phrases that no theme holds yet, and the comments behind each theme.

Both are made of comments, as they were hidden at intake, and are for their owner alone.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from ilacs_audit.analysis.learning.themes import comments, frequent_phrases, held_comments
from ilacs_audit.disclosure.safe_text import inert_cell
from ilacs_audit.disk.writing import private_folder, write_whole
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.catalogue.learning import LearningTheme
from ilacs_audit.intake.store.reading import read_answers
from ilacs_audit.publishing.outputs import Outputs

PHRASES, FILES = "phrases.csv", "files.csv"


def write_learning_files(store: Path, period: Period, outputs: Outputs, *, themes: Sequence[LearningTheme]) -> None:
    """Write both sheets for the audits of a month, if there are comments: personal data, for its owner alone."""
    answers = read_answers(store, period=period).table
    told = comments(answers)
    if told.empty:
        return
    private_folder(outputs.learning)
    found = frequent_phrases(answers, themes=themes)
    _write(outputs.learning / PHRASES, ("Phrase", "Files", "Audits"), found.itertuples(index=False))
    _write(outputs.learning / FILES, ("Theme", "Released", "Audit", "File", "Comment"), _behind(told, themes))


def _behind(told: pd.DataFrame, themes: Iterable[LearningTheme]) -> Iterable[tuple[object, ...]]:
    for theme in themes:
        by = f"{theme.released.by}, {theme.released.on}" if theme.released else "not yet"
        for each in held_comments(told, theme).itertuples():
            yield theme.id, by, each.audit_id, each.child_ref, each.comment


def _write(path: Path, headings: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    file = io.StringIO(newline="")
    sheet = csv.writer(file)
    sheet.writerow(headings)
    sheet.writerows([inert_cell(str(each)) for each in line] for line in lines)
    write_whole(path, file.getvalue().encode("utf-8-sig"), mode=0o600)
