"""What a form asks for nothing: questions that never vary, repeat another, apply to few, or part their readers.

Every question costs minutes in every file. Over all rounds of a form its answers tell which of them could go, and
what nobody would know any more. None is cut for being met that law or guidance asks, or that is critical.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.analysis.examined import DECIDES, FOR_FEW, NEVER, PARTS, REPEATS, Examined, examined, told_by_the_rest
from ilacs_audit.analysis.filled_in import OUTSIDE, Form, filled_in
from ilacs_audit.analysis.month import rounds_of_month
from ilacs_audit.analysis.second import ONE_FILE
from ilacs_audit.analysis.shares import Record, aside, counted
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import gather
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards, Theme
from ilacs_audit.stats.intervals import clopper_pearson_interval

WHOLE_RETURNS = ("unreadable-file", "two-files")  # the rules of intake that refuse a return as a whole


@accepts(Dossier, lambda work: rounds_of_month(work))
def form_doctor(
    returns: pd.DataFrame,
    *,
    programme: Programme,
    audits: Sequence[str],
    standards: Standards,
    problems: pd.DataFrame | None = None,
    period: str = "",
) -> pd.DataFrame:
    """Examine the form of each theme that `audits` asked, over every round of it that `returns` holds.

    Returns Measures, group "audit" and level the form's title. Of each question: `form_other` (answers other than the
    usual one, named in `note`, and how many there may be), `form_outside` (not applicable), `form_agreed` (files read
    twice with one verdict), `form_repeats` (its twin in `note`), `form_good` and `form_lower` (met, of files graded
    good or better and of others). The `rule` says what was found (F1 to F5) and the `reason` what follows. Of each form
    and of all that have answers: `form_spare`, the questions that could go; of each `form_twice` of the files read,
    `form_told`: of the answers to what is left out those that the rest of the form tells, and `form_refused`: whole
    returns that were not read, by `problems`. `rows_read` has the files with an answer that compares with the last
    wording, `set_aside` the returns that were not read.
    Example: `ia.form_doctor(month)`.
    """
    returns = doors.answers(returns, standards=standards, programme=programme, also=("standard_version",))
    themes = dict.fromkeys(audit.theme for audit in doors.audits_of(audits, programme))
    gone = _refused(None if problems is None else doors.problems(problems))
    forms = []
    for theme in map(standards.theme, themes):
        ours = [audit.id for audit in programme if audit.theme == theme.id]
        form = filled_in(returns[returns["audit_id"].isin(ours)], theme)
        forms.append((theme, form, examined(form), gone[gone["audit_id"].isin(ours)]["file"].nunique()))
    asked = sum(len(form.asked) for _, form, *_ in forms if len(form.first))
    left = sum(len(found.left) for *_, found, _ in forms)
    whole: list[Record] = [_count("form_spare", left, asked, group="all", level="all")] if asked else []
    whole += [*_used(returns, sum(len(form.first) for _, form, *_ in forms))]
    whole += aside(dict(gone.groupby("rule")["file"].nunique().astype(int)), "the returns")
    return gather(counted(whole, theme="", period=period), *(_of_form(*each, period) for each in forms))


def _refused(problems: pd.DataFrame | None) -> pd.DataFrame:
    """The problems that cost a whole return."""
    if problems is None:
        return pd.DataFrame(columns=["audit_id", "rule", "file"])
    return problems[(problems["severity"] == "error") & problems["rule"].isin(WHOLE_RETURNS)]


def _of_form(theme: Theme, form: Form, found: Examined, refused: int, period: str) -> pd.DataFrame:
    told: list[Record] = [
        *_rows(form, found),
        *([{"measure": "form_refused", "numerator": refused}] if refused else ()),
    ]
    return counted(({"group": "audit", "level": theme.title, **row} for row in told), theme=theme.id, period=period)


def _used(returns: pd.DataFrame, used: int) -> Iterator[Record]:
    """How many of the files that auditors read have an answer that compares, and the last day of one."""
    ours = returns[returns["role"] == "auditor"]
    last = ours["audited_on"].max()
    level = "audit files" if pd.isna(last) else f"audit files to {date_words(last.date())}"
    yield _count("rows_read", used, len(ours.drop_duplicates(ONE_FILE)), group="register", level=level)


def _count(measure: str, k: int, n: int, **about: Any) -> Record:
    return {"measure": measure, "numerator": int(k), "denominator": int(n), "value": k / n if n else None, **about}


def _rows(form: Form, found: Examined) -> Iterator[Record]:
    """The form as a whole, then each of its questions."""
    yield _count("form_spare", len(found.left), len(form.asked))
    if not len(form.first):
        return
    rounds = form.first.index.get_level_values("audit_id").nunique()
    yield _count("form_twice", int(form.second.notna().any(axis=1).sum()), len(form.first), note=f"{rounds}")
    if found.left:
        verdicts = form.verdicts(form.first)
        ours = verdicts[[*found.left]].where(lambda each: each != OUTSIDE)
        told = told_by_the_rest(form, found)
        yield _count("form_told", int((told == ours).sum().sum()), int(ours.notna().sum().sum()))
    for code, each in zip(found.facts.index, found.facts.itertuples(), strict=True):
        yield from ({"standard_id": str(code), **row} for row in _of_question(each, found, str(code)))


def _of_question(fact: Any, found: Examined, code: str) -> Iterator[Record]:
    reason, twin = found.reasons.get(code, ""), found.repeats.get(code)
    told = {"rule": NEVER, "reason": reason} if fact.never else {}
    yield _count("form_other", fact.other, fact.files, note=fact.usual, **_limits(fact.other, fact.files), **told)
    yield _count("form_outside", fact.answers - fact.files, fact.answers, rule=FOR_FEW if fact.few else "")
    if twin:
        about = {"note": twin.code, "signal": "turned" if twin.turned else "", "rule": REPEATS, "reason": reason}
        yield _count("form_repeats", twin.same, twin.files, **_limits(twin.same, twin.files), **about)
    if fact.twice:
        yield _count("form_agreed", fact.agreed, fact.twice, rule=PARTS if fact.parts else "")
    for measure, k, n in (("form_good", fact.good, fact.of_good), ("form_lower", fact.lower, fact.of_lower)):
        if fact.decides:
            yield _count(measure, k, n, rule=DECIDES)


def _limits(k: int, n: int) -> Record:
    ends = clopper_pearson_interval(k, n)
    return {**ends._asdict(), "confidence": 0.95, "method": "clopper-pearson"} if ends else {}
