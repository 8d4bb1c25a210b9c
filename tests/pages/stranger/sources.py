"""The page on whether sources agree, held against the returns of each reader: counted here, by this code alone."""

from __future__ import annotations

import math
import re
from datetime import date
from fractions import Fraction
from functools import cache

from tests.pages.stranger import registers
from tests.pages.stranger.days import day_of
from tests.pages.stranger.piece import PAIR, Reading, whole
from tests.pages.stranger.truth import limits
from tests.pages.stranger.truth.facts import Facts, Pair, World

READERS = ("auditors", "second reader")
OPENING = re.compile(r"(\d+) of (\d+) (?:returns asked of partner agencies|standards with more than one kind)")
ENDS = re.compile(r"(\d+) to (\d+) of (\d+)\b(?! (?!asked)\w)")
TURNS = re.compile(r"(?:it falls short|it reaches it|cannot tell) if (?:(\d+) of the |all )(\d+) missing")
MISSING = re.compile(r"(?:whatever the |; |^)(\d+) missing")
LIKELY = re.compile(r"(\d+)%? to (\d+)%?(?: of (\d+) \w+)?")
COPIED = ("Count", "Likely range", "About")  # columns of the table to copy
REGISTERS = ("visits", "meetings", "closures", "survey", "escalations", "tracker")
VERDICT = re.compile(r"^(\d+) of (\d+) (Not met|Met|Cannot tell|No verdict|Not called met)\b")
METHOD = (  # limits of time, and what is too few
    (r"at most (\d+) (?:hours|working days|days)", {10, 20, 24, 42}),
    (r"regulation (\d+)", {28}),
    (r"about one range in (\d+)", {20}),
    (r"fewer than (\d+) files", {5}),
    (r"Of (\d+) visits on one day", {2}),
    (r"if every (\d) met it", {1}),  # every one
)
SHARE = re.compile(r"(?<![\w.])(\d+)%")
GOOD = ("outstanding", "good")
_MEASURES = (  # what the registers on this page count, and the words by which the page names it
    ("meeting", "meetings? in time|meetings"),
    ("agreed", "service manager"),
    ("visit", "last visit alone in time"),
    ("every", "every visit in time"),
    ("alone", "seen alone"),
    ("escalation", "resolved in time"),
    ("left", "due to leave"),
)


def sources(reading: Reading) -> None:
    """Hold every number of the page against what each source says."""
    for found in OPENING.finditer(reading.text):  # its first sentence stands on the front page too
        world = reading.scope.world
        known = _returns(world) if "returns" in found[0] else {_conflicts(world)}
        reading.judge(*found.span(), (whole(found[1]), whole(found[2])), known, "what the page on sources says first")
    if not reading.page.endswith("triangulation.html") and not _of_agencies(reading):
        return
    for found in registers.ANY_DAY.finditer(reading.text) if reading.block.row.lower().startswith("rows read") else ():
        reading.judge(*found.span(), day_of(found), _last_days(), "date")
    for found in TURNS.finditer(reading.text):
        said = whole(found[1] or found[2]), whole(found[2])
        reading.judge(*found.span(), said, _turning(reading), "missing returns that turn it")
    for found in MISSING.finditer(reading.text):
        gone = {high - low for low, high, _ in _ends(reading)}
        reading.judge(*found.span(1), int(found[1]), gone or None, "missing returns")
    for found in ENDS.finditer(reading.text):
        value = tuple(whole(each) for each in found.groups())
        reading.judge(*found.span(), value, _ends(reading), "ends")
    for found in LIKELY.finditer(reading.text) if reading.block.column == "Likely range" else ():
        value = whole(found[1]), whole(found[2]), whole(found[3] or "0")
        reading.judge(*found.span(), value, _likely(reading), "likely range")
    for pattern, known in METHOD:
        for found in re.finditer(pattern, reading.text):
            reading.judge(*found.span(1), int(found[1]), known, "a number of the method")
    for found in PAIR.finditer(reading.text):
        reading.judge(*found.span(), (whole(found[1]), whole(found[2])), _pairs(reading, *found.span()), "count")
    for found in VERDICT.finditer(reading.text) if reading.block.kind == "td" else ():
        pair = whole(found[1]), whole(found[2])
        reading.judge(*found.span(3), found[3].lower(), _verdicts(reading, *pair) or None, "verdict")
    for found in SHARE.finditer(reading.text):
        pairs = [each for each in PAIR.findall(reading.text[: found.start()])][-1:]
        known = {int(100 * whole(k) / whole(n) + 0.5) for k, n in pairs}
        reading.judge(found.start(), found.end() - 1, int(found[1]), known or None, "share")


def _of_agencies(reading: Reading) -> bool:
    """Whether a piece of an audit's own page is what its agencies said, and what is missing could change."""
    where = f"{reading.block.part} {reading.block.row} {reading.block.line}"
    return bool(re.search("[Mm]issing returns could change|[Pp]artner agencies together|[Oo]ne partner agency", where))


def _audits(reading: Reading, code: str) -> list[Facts]:
    return [each for each in reading.scope.now if code in each.standards]


def _who(reading: Reading, at: int) -> str:
    """Whose count stands here: by the words before it, else its row in the table to copy, else its column."""
    before = re.split(r"[;:] |\. ", reading.text[:at])[-1]
    copied = f"{reading.block.row} {reading.block.line}" if reading.block.column in COPIED else ""
    for text in (before, copied, reading.block.column):
        for word, who in (
            ("same|another reader", "same"),
            ("others|below good", "others"),
            ("Police", "Police"),
            ("Education", "Education"),
            ("Health", "Health"),
            ("[Ss]econd reader", "second reader"),
            ("[Pp]artner agencies|All together", "together"),
            ("[Aa]uditors", "auditors"),
            ("good files|good or better", "good"),
        ):
            if re.search(word, text):
                return who
    return ""


def _pairs(reading: Reading, start: int, end: int) -> set[Pair] | None:
    block, code = reading.block, reading.code(start)
    near = reading.text[max(0, start - 90) : end + 60]
    where = " | ".join((block.row, block.column, block.line if block.column in COPIED else "", near))
    if re.search("[Rr]ows read", where):
        return _rows_read(f"{block.row} {block.line}")
    before = reading.text[max(0, start - 24) : start]
    of_page = re.search("(?i)graded against|half or more|half of what|every standard met|met everything", where)
    if not code or (of_page and "critical" not in before and "failed" not in block.row):
        return _of_pages(reading, where)
    named = {pair for audit in _audits(reading, code) for pair in _of(audit, code, _who(reading, start))}
    kinds = ("", *_kinds(where))
    return named | {pair for kind, pair in _registers() if kind in kinds} | _conflicting(where)


def _of(audit: Facts, code: str, who: str) -> set[Pair]:
    said, own = audit.readings, audit.readings["auditors"].get(code, {})
    partners = [each for each in said if each not in READERS]
    if who == "same":
        return _same(audit, code)
    if who in ("good", "others"):
        return _by_grade(audit, code)
    if who == "together":
        told = [met for each in partners for met in said[each].get(code, {}).values()]
        return {(sum(told), len(told))} if told else set()
    if who:
        told = [*said.get(who, {}).get(code, {}).values()]
        return ({(sum(told), len(told))} if told else set()) | (_by_grade(audit, code) if who == "auditors" else set())
    return {(sum(own.values()), len(own))} | _by_grade(audit, code)


def _same(audit: Facts, code: str) -> set[Pair]:
    own, found = audit.readings["auditors"].get(code, {}), []
    for who, each in audit.readings.items():
        both = [(own[ref], met) for ref, met in each.get(code, {}).items() if ref in own]
        found.append((who, sum(one == two for one, two in both), len(both)))
    partners = [(k, n) for who, k, n in found if who not in READERS]
    whole = {(sum(k for k, _ in partners), sum(n for _, n in partners))}
    return {(k, n) for who, k, n in found if who != "auditors"} | whole


def _by_grade(audit: Facts, code: str) -> set[Pair]:
    """Of files graded good or better, and of the others: how many met it, and of the good how many did not."""
    own, good = audit.readings["auditors"].get(code, {}), {ref for ref, grade in audit.overall.items() if grade in GOOD}
    sides = [[met for ref, met in own.items() if ref in audit.overall and (ref in good) == side] for side in (1, 0)]
    return {(sum(each), len(each)) for each in sides} | {(len(sides[0]) - sum(sides[0]), len(good))}


def _of_pages(reading: Reading, where: str) -> set[Pair]:
    """What is counted of no one standard: returns, standards in conflict, grades, surveys, areas of the plan."""
    found = {pair for each in reading.scope.now for pair in _against(each)} | _surveys()
    found |= {pair for kind, pair in _registers() if kind in _kinds(where)} | _returns(reading.scope.world)
    return found | {_conflicts(reading.scope.world)}


def _returns(world: World) -> set[Pair]:
    """What came of what was asked of partners: of all, by audit, and by whoever was asked, the council's own too."""
    asked, found = [each for each in world.audits.values() if each.entry.get("agencies")], set()
    counts = []
    for each in asked:
        again = [each.moderated] if "Independent auditor" in each.entry["agencies"] else []
        partners = len(each.entry["agencies"]) - 1 - len(again)
        counts.append((sum(each.partners.values()), partners * each.read))
        found |= {(k, each.read) for k in (*each.partners.values(), each.read, *again)}
    own = {(0, each["intended"]) for each in world.programme.values() if each.get("raters") == ["partner"]}
    return found | {*counts} | {(sum(k for k, _ in counts), sum(n for _, n in counts))} | own


def _against(audit: Facts) -> set[Pair]:
    """Files graded against their answers, and of what kind."""
    own = audit.readings.get("auditors", {})
    if not audit.overall:
        return set()
    critical = {code for code in own if code in CRITICAL}
    kinds: dict[str, list[bool]] = {"failed": [], "most": [], "all": []}
    against = 0
    for ref, grade in audit.overall.items():
        met = {code: each[ref] for code, each in own.items() if ref in each}
        good, failed = grade in GOOD, any(not met[code] for code in critical & set(met))
        most, every = 2 * sum(met.values()) <= len(met), all(met.values())
        kinds["most" if good else "all"].append(most if good else every)
        against += (failed or most) if good else every
    return {(against, len(audit.overall)), *((sum(each), len(each)) for each in kinds.values() if each)}


CRITICAL = frozenset({"CON-5", "PLN-1", "ASM-1", "VIS-2", "SUP-5", "STR-2", "STR-5", "S47-3", "REC-6", "REF-1"})


def _conflicts(world: World) -> Pair:
    """The standards of which two kinds of source speak: 13 read by agencies, and four beside a register or families.

    They conflict on STR-6 alone: the register of October says of CON-5 what the auditors of that month's list say.
    """
    read = {code for each in world.audits.values() if each.partners for code in each.standards}
    named = [code for code, each in world.standards.items() if each.get("measured_by") and code not in read]
    beside = [code for code in named if code != "ASM-7"]  # no register of assessments is kept
    return 1, len(read) + len(beside)


def _conflicting(where: str) -> set[Pair]:
    """Of STR-6 the police and auditors of all six."""
    return {(2, 6)} if "contradict each other" in where.lower() or "Sources that contradict" in where else set()


@cache
def _surveys() -> set[Pair]:
    rows = registers.each_survey()
    told = {(int(each["returned"]), int(each["sent"])) for each in rows}
    return told | {(int(each["positive"]), int(each["returned"])) for each in rows if each["positive"]}


@cache
def _registers() -> tuple[tuple[str, Pair], ...]:
    """What the registers say of each standard and area on the page, with the word that names it."""
    found: list[tuple[str, Pair]] = [("", pair) for pair in _surveys()]
    facts = (registers._timeliness, registers._consent, registers._escalations, registers._tracker)
    for words, level, pair in (each for known in facts for each in known()[0]):
        for kind, marks, about in (
            ("meeting", "meetings", ""),
            ("agreed", "agreed by a service manager", "October 2024"),
            ("visit", "last visit alone in time, child protection", ""),
            ("every", "every visit", ""),
            ("alone", "of whom the log says", ""),
            ("escalation", "had it resolved", ""),
            ("left", "of those due to leave", ""),
        ):
            if marks in words and level == about:
                found.append((kind, pair))
    return tuple(found)


def _kinds(where: str) -> list[str]:
    return [kind for kind, words in _MEASURES if re.search(words, where, re.IGNORECASE)]


@cache
def _last_days() -> set[date]:
    """The last day of which each register tells."""
    facts = (registers._timeliness, registers._consent, registers._escalations, registers._tracker)
    surveys = {max(date.fromisoformat(each["on"]) for each in registers._rows("survey"))}
    return surveys.union(*(each()[1] for each in facts))


def _rows_read(name: str) -> set[Pair]:
    word = next((each for each in REGISTERS if each in name.lower()), "")
    count = len(registers._rows(word)) if word else -1
    return {(count, count)}


def _counts(reading: Reading) -> list[tuple[str, Facts, int, int, int]]:
    """Of each agency, and of all together: met, came, and what is missing of what was asked."""
    code = reading.block.codes[0] if reading.block.codes else ""
    found = []
    for audit in _audits(reading, code):
        partners = [each for each in audit.readings if each not in READERS]
        each = [(who, [*audit.readings[who].get(code, {}).values()]) for who in partners]
        asked = audit.drawn or audit.read
        out = asked - len(audit.readings["auditors"][code])  # not applicable to some: the same for all of them
        parts = [(who, audit, sum(told), len(told), asked - out - len(told)) for who, told in each]
        found += parts
        found.append(("together", audit, *(sum(part[at] for part in parts) for at in (2, 3, 4))))
    return found


def _ends(reading: Reading) -> set[tuple[int, ...]]:
    who = _who(reading, 0)
    return {(k, k + gone, n + gone) for name, _, k, n, gone in _counts(reading) if who in ("", name)}


def _turning(reading: Reading) -> set[Pair]:
    """How few of the missing turn what came: together by the count of the asked, one agency by its range."""
    who, code = _who(reading, 0), reading.block.codes[0]
    target = Fraction(str(reading.scope.world.standards[code]["target"]))
    found = set()
    for name, audit, k, n, gone in _counts(reading):
        listed = None if name == "together" else audit.listed
        side = _side(k, n, target, listed)
        ends = {against: k + (gone - against if side else against) for against in range(1, gone + 1)}
        turned = (each for each, met in ends.items() if _side(met, n + gone, target, listed) != side)
        found |= {(next(turned, 0), gone)} if name == who else set()
    return found


def _side(k: int, n: int, target: Fraction, listed: int | None) -> bool | None:
    """Whether so many meet the target: of what was asked, or of a list by its range; None where that cannot be told."""
    if listed is None:
        return Fraction(k, n) >= target
    low, high = limits.children(k, n, listed)
    needed = math.ceil(target * listed)
    return True if low >= needed else False if high < needed else None


def _likely(reading: Reading) -> set[tuple[int, int, int]] | None:
    """Both ends of a range in the table to copy, with what is missing and without it."""
    codes = re.findall(r"[A-Z]+\d*-\d+", reading.block.row)
    who, found = _who(reading, 0), set()
    for audit in _audits(reading, codes[0]) if codes else ():
        partners = [each for each in audit.readings if each not in READERS]
        one = partners[0] if who == "together" and len(partners) == 1 else who
        told = [*audit.readings.get(one, {}).get(codes[0], {}).values()]
        lost = [gone for name, _, _, _, gone in _counts(reading) if name == who]
        lost = [audit.missing(codes[0])] if who == "auditors" else lost or [0]
        if audit.early and who == "auditors" and (ours := limits.range_of(audit, codes[0])):
            low, high, size = ours
            found |= {(round(low * size), round(high * size), size), (int(100 * low + 0.5), int(100 * high + 0.5), 0)}
            continue
        for gone in (*lost, 0) if told else ():
            least, most, read = sum(told), sum(told) + gone, len(told) + gone
            low, high = limits.share(least, read)[0], limits.share(most, read)[1]
            found.add((int(100 * low + 0.5), int(100 * high + 0.5), 0))
            if audit.listed and read <= audit.listed:
                size = audit.listed
                ends = limits.children(least, read, size)[0], limits.children(most, read, size)[1]
                found |= {(*ends, size), (*ends, 0)}
    return found or None


def _verdicts(reading: Reading, k: int, n: int) -> set[str]:
    """What may be said of this count: by a range of the list with what is missing in it, or by the count itself."""
    who, code = _who(reading, 0), reading.block.codes[0]
    standard = reading.scope.world.standards[code]
    target, found = Fraction(str(standard["target"])), set()
    if who not in (*READERS, "together", "Police", "Health", "Education"):
        return {_word(Fraction(k, n), Fraction(k, n), target, failed=standard["critical"] and k < n)}
    for audit in _audits(reading, code):
        partners = [each for each in audit.readings if each not in READERS]
        gone = next((lost for name, _, met, read, lost in _counts(reading) if (name, met, read) == (who, k, n)), 0)
        gone = audit.missing(code) if who == "auditors" else gone
        failed = standard["critical"] and k < n
        if not 0 <= k <= n:
            continue
        if audit.early and who == "auditors":
            found.add(limits.verdict(audit, code, str(target), critical=standard["critical"]))
        elif audit.entry["selection"] == "census" and who == "auditors":
            found.add(_word(Fraction(k, n + gone), Fraction(k + gone, n + gone), target, failed=failed))
        elif n < 5 or audit.entry["selection"] not in limits.BY_CHANCE:
            found.add("no verdict")
        elif who == "together" and len(partners) > 1:
            found.add(_word(Fraction(k, n + gone), Fraction(k + gone, n + gone), target, failed=failed))
        else:
            found.add(_word(*_ends_of(audit, code, k, n, gone, target), target, failed=failed))
    return found


def _ends_of(audit: Facts, code: str, k: int, n: int, gone: int, target: Fraction) -> tuple[Fraction, Fraction]:
    """A range as shares; of a list in whole children, with its end at the target where it is the children needed."""
    if audit.listed and audit.every(code) and not audit.not_applicable[code, "all"][0] and n + gone <= audit.listed:
        size, needed = audit.listed, math.ceil(target * audit.listed)
        ends = limits.children(k, n + gone, size)[0], limits.children(k + gone, n + gone, size)[1]
        low, high = (target if end == needed else Fraction(end, size) for end in ends)
        return low, high
    return Fraction(limits.share(k, n + gone)[0]), Fraction(limits.share(k + gone, n + gone)[1])


def _word(low: Fraction, high: Fraction, target: Fraction, *, failed: bool) -> str:
    if low >= target:
        return "not called met" if failed else "met"
    return "not met" if high < target else "cannot tell"
