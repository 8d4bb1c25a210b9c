"""Every "k of n": of a standard, of the files drawn, of agencies, of grades, of standards."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from tests.pages.stranger import words as spoken
from tests.pages.stranger.blocks import TEAM, Block
from tests.pages.stranger.piece import PAIR, Reading, whole
from tests.pages.stranger.programme import done
from tests.pages.stranger.truth import limits
from tests.pages.stranger.truth.facts import Facts, Pair, World
from tests.pages.stranger.truth.scope import Scope

FAILED = (
    r"fail|fell short|fall short|falls short|not met|did not|could not|was not|were not|nobody|no one|without|missed"
)


def counts(reading: Reading, teams: set[str]) -> None:
    """Every "k of n"."""
    for found in PAIR.finditer(reading.text):
        if not reading.free(*found.span()):
            continue
        value = (whole(found[1]), whole(found[2]))
        known, what = _known_pairs(reading, found, teams)
        reading.judge(*found.span(), value, known, what)


def _known_pairs(reading: Reading, found: re.Match, teams: set[str]) -> tuple[set | None, str]:
    scope, block = reading.scope, reading.block
    if re.match(r" critical standards", reading.text[found.end() :]):
        codes = [code for code in scope.standards if scope.world.standards[code]["critical"]]
        return {(k, len(codes)) for k in range(1, len(codes) + 1)}, "critical standards"
    said, after = reading.sentence(found.start()), reading.text[found.end() : found.end() + 40]
    code, period = reading.code(found.start()), reading.period(*found.span())
    if re.search(r", was $", reading.text[: found.start()]):
        return None, "an earlier edition"
    if reading.text.startswith("Then: ") and not code:
        return None, "a register's count that was challenged"
    words = f"{block.row} {said}".lower()
    if re.match(r" (?:practice |critical )?(standards|questions)", after) or re.match("[Cc]omparable", block.row):
        return _standards_said(reading, found), "standards"
    drawn = re.match(r" ((?:files|records) read(?! \w)|of those drawn|drawn|returned|came back)", after)
    if drawn or (not code and re.match(r"((?:files|records) read|returned|returns)", block.row.lower())):
        read = _shown(scope, {(each.read, each.drawn) for each in scope.now if each.drawn})
        return read | {each.total("read") for each in scope.choices}, "files read of those drawn"
    if re.match(r" answers in them", after):
        return answers_twice(scope.world), "answers given twice"
    if re.match(r" answers the same", after) or block.row.startswith("moderated same"):
        return _shown(scope, {each.answers_twice for each in scope.now}), "answers given twice"
    if re.match(r" audits? due in the last twelve", after):
        whole = done(scope.world)  # of a council's returns the truth does not know which are refused
        known = {whole} if scope.world.courses else {(each, whole[1]) for each in range(whole[1] + 1)}
        return known, "audits done of those due"
    if re.match(r" audits?\b", after):
        return _audits(scope, words), "audits"
    right = re.search(r"put right|still open|rest by", after) or block.line.lower().startswith("put right")
    if right or re.search(r"put right:? $", reading.text[: found.start()], re.IGNORECASE):
        return scope.put_right(code), "critical failures put right"
    if re.search(r"agenc|partner", words) and not code:
        return _of_agency(reading, found) or agencies(scope), "returns of agencies"
    if re.search(r"would turn|of (the )?\d+ missing|answers? (?:is|are) missing|would be enough", said) and code:
        turn = {(each["would_turn"], each["missing"]) for each in scope.rows if each["standard_id"] == code}
        known = {(int(a), int(b)) for a, b in turn if a.isdigit() and b.isdigit()}
        return scope.missing(code) | known, "missing answers"
    if re.search(r"\b(Auditors|Moderators)\b", f"{block.column} {reading.text}") or re.search(
        r"^(moderated )?grade", block.row
    ):
        return _shown(scope, _graded(scope, block)), "grades"
    if re.search(r"practitioner|with the worker", words) and not code:
        return {scope.shown(each.with_worker) for each in scope.now if each.with_worker}, "files talked through"
    if re.search(r"moderat|second (?:reader|time)", words) and not code:
        twice = {each.total("moderated") for each in scope.choices}
        return _shown(scope, _moderated(scope, words)) | twice, "files moderated"
    if re.search(r"marked (down|up)", words) and not code:
        return _shown(scope, _moderated(scope, words)), "files marked down or up"
    if re.search(r"answered|replied|survey", words) and not code:
        return scope.world.replies, "answers to a survey"
    if re.search(r"critical", words) and not code:
        return _critical(scope, words), "files that failed a critical standard"
    return (_of_standard(reading, found, code, period, teams, words), f"{code or 'any standard'}, {period or 'now'}")


def _audits(scope: Scope, words: str) -> set:
    """Audits of all audits: those drawn by chance, or those that speak for their list."""
    found = set()
    for each in scope.choices:
        chance = [one for one in each.now if one.entry["selection"] in limits.BY_CHANCE]
        census = [one for one in each.now if one.entry["selection"] == "census"]
        found |= {(len(chance), len(each.now)), (len(chance) + len(census), len(each.now))}
    return found


def _shown(scope: Scope, pairs: set) -> set:
    return {scope.shown(each) for each in pairs}


def _of_agency(reading: Reading, found: re.Match) -> set:
    """The returns of the agency that is named just before, or in the row."""
    known = set()
    for each in reading.scope.now:
        own = {name: each.read for name in ("social care", "Social care")} | {"Independent auditor": each.moderated}
        for name, count in (each.partners | own).items():
            if re.search(rf"{name}:? $", reading.text[: found.start()]) or reading.block.row.endswith(name):
                known |= {(count, each.read), (each.read - count, each.read)}
    return _shown(reading.scope, known)


def agencies(scope: Scope) -> set:
    found = set()
    for each in scope.now:
        asked = len(each.entry.get("agencies", []))
        every = [
            *each.partners.values(),
            each.read,
            *([each.moderated] if "Independent auditor" in each.entry.get("agencies", []) else []),
        ]
        found |= {(sum(every), asked * each.read), (asked * each.read - sum(every), asked * each.read)}
        found |= {(count, each.read) for count in every} | {(each.read - count, each.read) for count in every}
        partners = list(each.partners.values())
        found |= {
            (sum(partners), len(partners) * each.read),
            (len(partners) * each.read - sum(partners), len(partners) * each.read),
        }
    return found | _shown(scope, found)


def answers_twice(world: World) -> set:
    """Of all answers to standards that two readers gave this month, those that were the same."""
    ours = [each.answers_twice for each in world.audits.values() if each.entry["period"] == world.period]
    return {tuple(map(sum, zip(*ours, strict=True)))}


def _moderated(scope: Scope, words: str) -> set:
    found = {(each.moderated, each.read) for each in scope.now}
    if "marked down" in words:
        found |= {(each.down, each.moderated) for each in scope.now}
    if "marked up" in words:
        found |= {(each.up, each.moderated) for each in scope.now}
    return found


def _graded(scope: Scope, block: Block) -> set:
    who = re.search(r"Auditors|Moderators", f"{block.column} {block.text}")
    kinds = {"Auditors": ("grade",), "Moderators": ("moderated grade",)}.get(
        who[0] if who else "", ("grade", "moderated grade")
    )
    if block.row.startswith("moderated"):
        kinds = ("moderated grade",)
    elif block.row.startswith("grade"):
        kinds = ("grade",)
    found = {(kind, level): pair for each in scope.now for (kind, level), pair in each.grades.items() if kind in kinds}
    label = block.row.lower()
    exact = {pair for (_, level), pair in found.items() if level in label}
    return exact or set(found.values())


def _critical(scope: Scope, words: str) -> set:
    found = set()
    for each in scope.now:
        codes = [code for code in each.standards if scope.world.standards[code]["critical"]]
        one = Scope(scope.world, scope.audience, [each])
        found |= {pair for code in codes for pair in one.failed(code)}
        if len(codes) > 1 and "at least" not in words and scope.audience != "public":
            found |= {(each.failed_critical, each.read)}
    return found


def _of_standard(reading: Reading, found: re.Match, code, period, teams, words) -> set | None:
    scope, block = reading.scope, reading.block
    limit = re.search(r"(at most|at least|no more than) $", reading.text[: found.start()])
    likely = re.match(r" [\w ]{0,30}likely|\w* \w+ (?:on the list|may|are)", reading.text[found.end() :])
    if code and limit and likely:
        end = 1 if limit[1] != "at least" else 0
        return {(int(each[end] + 0.5), each[2]) for each in scope.ranges(code, period) if each[2]}
    if code is None:
        every = {pair for each in scope.standards for pair in scope.met(each, period) | scope.failed(each, period)}
        return every or None
    level = block.team or None
    if "not applicable" in words.split("⟦")[0] or re.match(r" not applicable", reading.text[found.end() :]):
        return (
            scope.others(code, teams, applicable=False)
            if level == "others"
            else scope.not_applicable(code, period, level or "all")
        )
    if level:
        return scope.others(code, teams) if level == "others" else scope.met(code, None, level)
    if block.column == "Met it by then" or re.match(r"(decided|read on|evidence) ", block.row):
        trace = re.match("evidence", block.row) and int(found[0].split()[-1].replace(",", ""))
        return {_by_file(each, code, scope.world.standards[code]["target"], trace) for each in scope.now}
    met, failed = scope.met(code, period), scope.failed(code, period)
    near = re.split(r"[.;(]", reading.text[found.end() : found.end() + 60])[0].lower()
    if block.kind == "text":
        return {pair for each in scope.rounds for pair in scope.met(code, each.entry["period"])}
    if re.match(r"critical failure", block.row) or (re.search(FAILED, near) and "met the standard" not in near):
        return failed
    if re.search(r"\bmet\b|\bmeet", near) or block.column:
        return met
    return met | failed


def _by_file(facts: Facts, code: str, target: str, files: int | None) -> Pair:
    """How many met it of the files in the order of the draw, up to so many or to the one that decided."""
    order = tuple(facts.in_order(code))
    needed = math.ceil(Fraction(str(target)) * facts.listed)
    ends = ((n, limits.in_sequence(order[:n], facts.listed)) for n in range(5, len(order) + 1))
    decided = (n for n, (low, high, listed) in ends if round(low * listed) >= needed or round(high * listed) < needed)
    last = files or next(decided, len(order))
    return sum(order[:last]), last


def _standards_said(reading: Reading, found: re.Match) -> set | None:
    """What is said of so many of so many standards."""
    scope = reading.scope
    after = reading.text[found.end() : found.end() + 90].lower()
    before = reading.text[: found.start()]
    if before.startswith("Largest share not met"):
        return _shortest(scope)
    if word := re.match(r"(cannot tell|no worthwhile change|warning|worse|better|not met|met) on $", before, re.I):
        return _of_changes(scope, {"warning": "worse"}.get(word[1].lower(), word[1].lower()))
    said = reading.sentence(found.start())
    if named := TEAM.findall(said):
        return {each for team in named for each in _of_team(reading, team)} or None
    if re.match("[Cc]omparable", reading.block.row) or re.match(
        r" standards (?:can(?:not)? be|were|are) compar", after
    ):
        pairs = {each for facts in scope.now if (each := scope.comparable(facts))}
        pairs |= {each.total("comparable", exact=True) for each in scope.choices}
        return pairs if "cannot be" not in after[:40] else {(n - k, n) for k, n in pairs}
    clause = after.split(",")[0].split(" and ")[0]
    if status := next((rule for word, rule in STATUSES.items() if word in clause), None):
        rows = {(each["audit"], each["standard_id"]): each for each in scope.rows if each["measure"] == "impact"}
        return {(sum(each["verdict"] == status for each in rows.values()), len(rows))} if rows else None
    if word := verdict_word(after.split(",")[0].split(" and ")[0].split(";")[0]):
        return {(tally_of(each).get(word, 0), len(each.standards)) for each in scope.choices}
    compared = _compared(scope)
    return {(0, count) for count in scope.counts_compared} if compared and "chang" in after else None


def _shortest(scope: Scope) -> set[Pair]:
    """The standards not met of an audit that speaks for its list and has the largest share of them."""
    fair = [each for each in scope.now if each.entry["selection"] in (*limits.BY_CHANCE, "census")]
    parts = [Scope(scope.world, scope.audience, [each], scope.rows) for each in fair]
    pairs = {(tally_of(each).get("not met", 0), len(each.standards)) for each in parts}
    return {each for each in pairs if each[0] / each[1] == max(k / n for k, n in pairs)}


def _of_changes(scope: Scope, word: str) -> set[Pair] | None:
    """Of each of these audits how many changes are called so, of those that their pages show."""
    told: dict[str, dict[str, str]] = {}
    for each in scope.rows:
        if each["measure"] == "change" and each["verdict"] not in ("", "c", "not comparable"):
            told.setdefault(each["audit"], {})[each["standard_id"]] = each["verdict"]
    return {(sum(each == word for each in said.values()), len(said)) for said in told.values()} or None


def _compared(scope: Scope) -> list[Pair]:
    return [pair for each in scope.now if (pair := scope.comparable(each))]


def _of_team(reading: Reading, team: str) -> set:
    """The standards on which a team falls short, of those that are judged or asked."""
    told = [spoken.of_team(reading, code, team) for code in reading.scope.standards]
    short = sum(each == {"not met"} for each in told)
    enough = [each for code, each in zip(reading.scope.standards, told, strict=True) if _judged(reading, code, team)]
    judged = (sum(each == {"not met"} for each in enough), len(enough))
    return {(short, len(told)), (short, sum(bool(each - {"", "c"}) for each in told)), judged}


def _judged(reading: Reading, code: str, team: str) -> bool:
    """Whether ten files or more of a team answer for a standard."""
    scope = reading.scope
    counts = scope.others(code, reading.teams) if team == "others" else scope.met(code, None, team)
    return any(n >= 10 for _, n in counts)


STATUSES = {
    "worsening": "I6",
    "kept an earlier rise": "I5",
    "improving": "I4",
    "no worthwhile": "I3",
    "only be compared next time": "I1",
    "cannot be measured": "I0",
}
VERDICTS = (
    ("critical failure", "critical failure"),
    ("too small to show|not shown|too small", "hidden"),
    ("no verdict|has no verdict|have no verdict", "no verdict"),
    ("not met|fall short|falls short|fell short|miss", "not met"),
    ("cannot be told|cannot tell|can't tell|cannot be judged", "cannot tell"),
    ("not comparable|cannot be compared", "not comparable"),
    (r"\bmet\b|reach|meet", "met"),
)


def verdict_word(text: str) -> str | None:
    return next((word for pattern, word in VERDICTS if re.search(pattern, text.lower())), None)


def tally_of(scope: Scope) -> dict[str, int]:
    """Verdicts as the data give them; where the public may not see one, as the data file beside the page has it."""
    if scope.audience != "public":
        return scope.tally()
    names = {each.id for each in scope.now}
    rows = [each for each in scope.rows if each["measure"] == "compliance" and each["level"] == "all"]
    rows = [each for each in rows if each["audit"] in names]
    rows = {
        (each["audit"], each["standard_id"]): each for each in rows if each["period"] == scope.world.period
    }.values()
    told = [_verdict_told(each) for each in rows]
    return {word: told.count(word) for word in set(told)}


def _verdict_told(row: dict[str, str]) -> str:
    hidden = row["verdict"] == "c" or row["rule"] in ("", "c")
    return row["verdict"] if row["verdict"] not in ("", "c") else "hidden" if hidden else "no verdict"
