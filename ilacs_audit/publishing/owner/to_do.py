"""What only the owner is told of the pages that a run was asked for: set aside, not yet written, hidden, restated."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from ilacs_audit.analysis.clocks import NO_LIMIT
from ilacs_audit.analysis.codes import OTHERWISE, OUTCOMES, code_of
from ilacs_audit.analysis.registers.courses import FEW, NO_ROOM
from ilacs_audit.analysis.registers.timeliness import SINCE
from ilacs_audit.claims.words import counted, listed, period_words
from ilacs_audit.disclosure.rules import BY_MONTH
from ilacs_audit.domain.about import Commentary
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.counting import AFTER
from ilacs_audit.domain.errors import UnwrittenError, bare, near
from ilacs_audit.domain.measures import measures
from ilacs_audit.domain.measures import rows as rows_of
from ilacs_audit.intake.commentary import load_commentary
from ilacs_audit.intake.registers.reading import told_of_columns
from ilacs_audit.intake.rules import RULES
from ilacs_audit.intake.store.reading import read_answers, read_manifest, read_register, read_tables

_CODED = (("tracker", "outcome", OUTCOMES),)
_DECIDED = "excluded"  # a person has taken it out already
_OF_RULES = {  # what somebody can do about what is no mistake
    SINCE: "Supply the register up to the day of the page.",
    NO_LIMIT: "Write your own limit into data/limits.yml, or supply the register for a day on which one was in force.",
    AFTER: "Nothing, if the register was written after the day of the page; else correct the date.",
}
_OF_CELLS = frozenset(each.id for each in RULES.values())
_NAMED = "Correct the register; ilacs-audit check names each row that it doubts."
_COMPARED = (
    "Find the rows of the register of which that is so, and correct them; "
    "each cell of them can be read, so check names none."
)
_ASK = (
    "who puts right what failed {code}, and by when (a decision such as what: Have each file that failed {code} put "
    "right by its team manager or by another team; owner: a role; by: a date; puts_right: {code})"
)


def set_aside(store: Path, audits: Collection[str], *, unclaimed: bool) -> Iterator[str]:
    """A sentence for each thing that set rows, answers or files of these audits aside: how many, why, what to do.

    `unclaimed` tells of files too that are no audit's.
    """
    entry = read_manifest(store)["returns"] if unclaimed else {}
    found = [read_answers(store, audits=sorted(audits), columns=["audit_id"]).problems]
    found += [read_tables([store / entry["problems"]])] if entry.get("problems") else []
    problems = pd.concat([each.astype(object) for each in found])
    errors = problems[(problems["severity"] == "error") & (problems["rule"] != _DECIDED)]
    for (audit, what, fix), rows in errors.groupby(["audit_id", "message", "fix"], sort=True):
        about = f"{audit}: " if audit else ""
        yield f"{about}{len(rows):,} set aside and counted nowhere. {what} What to do: {fix}"


def left_out(pages: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    """A sentence for each thing that set rows of a register aside on its page, told once for all editions."""
    found: dict[tuple[str, str], int] = {}
    for name, summary in pages:
        rows = summary.get("released", ()) if any(each["group"] == "register" for each in summary["released"]) else ()
        for each in rows:
            if each["measure"] == "set_aside" and each.get("numerator"):
                found[name, each["level"]] = max(each["numerator"], found.get((name, each["level"]), 0))
    for (name, level), count in found.items():
        rule, _, register = level.rpartition(" in ")
        if rule in (FEW, NO_ROOM):  # the page says so, and nothing in the register is wrong
            continue
        fix = _OF_RULES.get(rule, _NAMED if rule in _OF_CELLS else _COMPARED)
        yield (
            f"{name}: {counted(count, 'row')} of the {register} register set aside where it matters: {rule}. "
            f"What to do: {fix}"
        )


def left_as_told(pages: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    """A sentence for each page on which figures are left as an earlier edition told them: which, and of which day."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for name, summary in pages:
        for row in rows_of(measures(summary.get("released", ()))):
            if row.as_told:
                month = f" of {period_words(row.period)}" if row.measure in BY_MONTH else ""
                called = f"{row.measure.replace('_', ' ')}{month}{'' if row.group == 'all' else f' by {row.group}'}"
                found[name, row.as_told] |= {called: None}
    for (name, day), figures in found.items():
        yield (
            f"{name}: left {day}, because what came since is of too few: {listed([*figures])}. "
            "What to do: Nothing; they are told anew once more has come."
        )


def mistyped(store: Path, known: Collection[str]) -> Iterator[str]:
    """A sentence for each audit that the register of actions names and the programme does not hold."""
    audits, named = {bare(each) for each in known}, read_register(store, "actions").table["audit_id"]
    for name, count in Counter(filter(None, named)).items():
        if bare(name) not in audits:
            fix = near(name, known, otherwise="Correct audit_id in the register, or add the audit to the programme.")
            lost = f"{counted(count, 'action')} of the register of actions {'is' if count == 1 else 'are'} told nowhere"
            yield f"{lost}: data/programme.yml has no audit '{name}'. What to do: {fix}"


def columns(store: Path) -> Iterator[str]:
    """A sentence for each register that was refused, and each column that was not there or not wholly read."""
    for name, entry in read_manifest(store)["registers"].items():
        if entry.get("problems"):
            yield from told_of_columns(read_register(store, name).problems)


def unread_words(store: Path) -> Iterator[str]:
    """A sentence for each register in which words stand that no report can read; the words are told to nobody."""
    for name, column, codes in _CODED:
        said = read_register(store, name).table[column]
        if count := sum(code_of(each, codes) == OTHERWISE for each in said):
            rows, heading = counted(count, "row"), column.replace("_", " ")
            yield (
                f"{rows} of the {name} register hold another {heading} than the known ones: counted as '{OTHERWISE}'. "
                f"What to do: Use one of: {', '.join(codes)}."
            )


def unwritten(
    evidence: Path,
    period: Period,
    audits: Collection[str],
    failing: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Iterator[str]:
    """A sentence for each thing that people have still to write of these audits.

    `failing` are the critical standards of each whose failures are not recorded as put right: of each somebody has
    to be asked, by a decision that says in `puts_right` which it answers.
    """
    wanting: dict[str, list[str]] = defaultdict(list)
    for audit in audits:
        words = load_commentary(evidence, period=period, about=audit)
        answered = {bare(code) for each in words.decisions for code in each.puts_right}
        for what in _lacking(words):
            wanting[what].append(audit)
        for code in failing.get(audit, ()):
            if bare(code) not in answered:
                wanting[_ASK.format(code=code)].append(audit)
    for what, those in wanting.items():
        yield f"Still to be written in commentary/{period}.yml: {what}, for {listed(those)}."


def failing(pages: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, list[str]]:
    """The critical standards of each audit that failed and are not recorded as put right, from what pages released.

    The public's pages are passed over: they count no actions.
    """
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for audit, summary in pages:
        rows = [each for each in summary.get("released", ()) if each["audience"] != "public"]
        told = (each for each in rows if each["measure"] == "put_right" and each.get("numerator") is not None)
        done = {each["standard_id"] for each in told if each["numerator"] == each.get("denominator")}
        failed = (each for each in rows if each["measure"] == "critical_failure" and each.get("numerator") != 0)
        found[audit] |= {each["standard_id"]: True for each in failed if each["standard_id"] not in done}
    return {audit: list(codes) for audit, codes in found.items()}


def _lacking(words: Commentary) -> Iterator[str]:
    if not words.paragraphs:
        yield "what the figures mean (words)"
    if not words.decisions:
        yield "what is to be decided, or None. (decisions)"
    sought = [each for each in words.decisions if not each.asks_nothing]
    if not all(each.owner for each in sought):
        yield "who owns a decision (owner)"
    if not all(each.by for each in sought):
        yield "by when it is due (by)"


def refuse_unwritten(*about: Any) -> None:
    """Stop a strict run. Raises UnwrittenError (exit 19) where something is `unwritten`."""
    found = list(unwritten(*about))
    if found:
        fix = "Write it (docs/commentary.md), or run without --strict."
        raise UnwrittenError(" ".join(found), fix=fix)


def hidden(summary: Mapping[str, Any]) -> tuple[int, int]:
    """How many figures of a page are hidden for their own sake, and how many because they would tell one of those."""
    status = [each.get("status") for each in summary.get("released", ())]
    return status.count("suppressed"), status.count("secondary")


def restated(summary: Mapping[str, Any]) -> Sequence[str]:
    """Each count of a page that late returns have changed since readers first had it, before and after."""
    return [f"{name} {was}, now {now}" for name, (was, now) in summary.get("restated", {}).items()]
