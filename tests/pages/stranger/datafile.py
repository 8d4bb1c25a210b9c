"""The data file beside a page, row by row: its counts, ranges, verdicts, targets and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.pages.stranger.piece import Untrue
from tests.pages.stranger.truth import limits
from tests.pages.stranger.truth.facts import Facts
from tests.pages.stranger.truth.scope import Scope, course_of, rounded
from tests.pages.stranger.words import changes

Row = dict[str, str]
HIDDEN = ("", "c")


def of_file(scope: Scope, name: str) -> Iterator[Untrue]:
    """Every row that what is known does not bear."""
    rounds = {(each.id, each.entry["period"]): each for each in scope.rounds}
    named = {(each["level"]) for each in scope.rows}
    for row in scope.rows:
        facts = rounds.get((row["audit"] or row["level"].rpartition(" in ")[2], row["period"]))
        if facts is None:
            facts = next((each for each in scope.rounds if each.entry["period"] == row["period"]), None)
        if facts is not None:
            one = Scope(scope.world, scope.audience, [facts])
            for what, said, known in _row(row, facts, one, named):
                line = ", ".join(filter(None, (row["measure"], row["standard_id"], row["level"], row["period"])))
                yield Untrue(f"{name} (data file)", what, said, str(known), line)


def _row(row: Row, facts: Facts, scope: Scope, named: set[str]) -> Iterator[tuple[str, str, object]]:
    known = _pairs(row, facts, scope, named)
    k, n = row["numerator"], row["denominator"]
    if known and k not in HIDDEN and n not in HIDDEN and (int(k), int(n)) not in known:
        yield "count", f"{k} of {n}", sorted(known)
    alone = _single(row, facts, scope)
    if alone and k not in HIDDEN and int(k) not in alone:
        yield row["measure"], k, sorted(alone)
    yield from _standard(row, facts, scope)
    yield from _sentence(row)


def _sentence(row: Row) -> Iterator[tuple[str, str, object]]:
    """What a line says in words holds its own count, and none where that is hidden."""
    k, n = row["numerator"], row["denominator"]
    found = re.search(r"\d+ of \d+", row["sentence"])
    if not row["sentence"]:
        yield "sentence", "nothing", "a sentence"
    if k == "c" and (found or "hidden" not in row["sentence"]):
        yield "sentence", row["sentence"], "hidden"
    both = rf"(?i)\b(?:{k}|none|all) (?:to \d+ )?(?:of )?(?:the |about )?{n}\b"
    if k not in HIDDEN and n not in HIDDEN and not re.search(both, row["sentence"].replace(",", "")):
        yield "sentence", row["sentence"], f"{k} of {n}"
    if k not in HIDDEN and n in HIDDEN and not re.search(rf"\b{k}\b", row["sentence"].replace(",", "")):
        yield "sentence", row["sentence"], k


def _pairs(row: Row, facts: Facts, scope: Scope, named: set[str]) -> set:
    code, level, measure = row["standard_id"], row["level"], row["measure"]
    counts = {"compliance": facts.met, "impact": facts.met, "change": facts.met, "group_comparison": facts.met}
    counts["not_applicable"] = facts.not_applicable
    if measure in counts and (code, level) in counts[measure]:
        return {scope.shown(counts[measure][code, level])}
    if measure == "critical_failure":
        return _between(row, facts, scope) if scope.audience == "public" else scope.failed(code)
    if measure in ("grade", "moderated_grade"):
        pair = facts.grades.get((measure.replace("_", " "), level))
        return {scope.shown(pair)} if pair else set()
    found = {
        "returned": (facts.read, facts.drawn),
        "moderated": (facts.moderated, facts.read),
        "marked_down": (facts.down, facts.moderated),
        "marked_up": (facts.up, facts.moderated),
        "moderated_same": facts.answers_twice,
    }
    if measure == "comparable":
        return {pair} if (pair := scope.comparable(facts)) else set()
    if measure == "marked_down" or measure == "marked_up":
        return {scope.shown(found[measure])} if facts.grades else set()
    return {scope.shown(found[measure])} if measure in found and facts.drawn else set()


def _between(row: Row, facts: Facts, scope: Scope) -> set:
    """What the public is told of failures: the least and the most, with the truth between them."""
    k, n = facts.met[row["standard_id"], "all"]
    if row["numerator"] in HIDDEN or row["denominator"] in HIDDEN:
        return set()
    told, of = int(row["numerator"]), int(row["denominator"])
    most = round(float(row["upper"]) * of) if told else 0
    slack = 2 * (told == of)  # all of about so many
    held = told - slack <= n - k <= most + slack and of == rounded(n, scope.audience)
    return {(told, of)} if held else {(n - k, n)}


def _single(row: Row, facts: Facts, scope: Scope) -> set:
    measure, level = row["measure"], row["level"]
    if measure == "auditors":
        return {rounded(facts.auditors, scope.audience)}
    if measure == "set_aside":
        return {rounded(each, scope.audience) for each in (*facts.set_aside.values(),)} or {0}
    name, _, phase = measure.partition("_")
    what = {"reach": "people", "sessions": "sessions", "booked": "booked"}.get(name)
    if what is None or row["group"] != "intervention":
        return set()
    told = course_of(scope, level, "" if what == "booked" else phase or "before")
    if what == "sessions":
        return {rounded(count, scope.audience) for each in told for count in each["sessions"]}
    return {rounded(each[what], scope.audience) for each in told}


def _standard(row: Row, facts: Facts, scope: Scope) -> Iterator[tuple[str, str, object]]:
    code, public = row["standard_id"], scope.audience == "public"
    if code not in scope.world.standards:
        return
    standard = scope.world.standards[code]
    if row["target"] not in HIDDEN and abs(float(row["target"]) - float(standard["target"])) > 1e-9:
        yield "target", row["target"], standard["target"]
    if row["selection"] not in HIDDEN and row["selection"] != facts.entry["selection"]:
        yield "how files were chosen", row["selection"], facts.entry["selection"]
    if row["population"] not in HIDDEN and int(row["population"]) != rounded(facts.listed or 0, scope.audience):
        yield "list", row["population"], facts.listed
    whole = row["level"] == "all" and (code, "all") in facts.met
    if row["measure"] == "compliance" and whole and row["period"] == scope.world.period:
        if row["verdict"] not in HIDDEN and row["verdict"] not in scope.verdicts(code):
            yield "verdict", row["verdict"], scope.verdicts(code)
        yield from _range(row, limits.range_of(facts, code), public)
    if row["measure"] == "change" and whole:
        if row["verdict"] not in HIDDEN and row["verdict"] not in changes(scope, code):
            yield "verdict on a change", row["verdict"], changes(scope, code)
        for _, low, high in scope.changes(code):
            yield from _range(row, (low / 100, high / 100), public)


def _range(row: Row, known: tuple | None, public: bool) -> Iterator[tuple[str, str, object]]:
    if row["lower"] in HIDDEN or row["upper"] in HIDDEN:
        return
    if known is None:
        yield "likely range", f"{row['lower']} to {row['upper']}", "no range"
        return
    low, high = float(row["lower"]), float(row["upper"])
    exact = abs(low - known[0]) < 1e-6 and abs(high - known[1]) < 1e-6
    wider = low <= known[0] + 0.0101 and high >= known[1] - 0.0101
    if not (wider if public else exact):
        yield "likely range", f"{low:.4f} to {high:.4f}", f"{known[0]:.4f} to {known[1]:.4f}"
