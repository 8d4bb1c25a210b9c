"""What is known of the thing that a single number counts; nothing where a stranger cannot know it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from tests.pages.stranger.blocks import CODE, WORDS
from tests.pages.stranger.pairs import tally_of, verdict_word
from tests.pages.stranger.piece import Reading
from tests.pages.stranger.truth.scope import course_of, rounded

OTHERS = "Others, put together"
_STATUS = re.compile(r"worsening|an earlier rise|compared next time|improving|helped|measur")
Known = Callable[[Reading, re.Match], "set | None"]


def _code(reading: Reading, found: re.Match) -> str | None:
    return reading.code(found.start())


def missing(reading: Reading, found: re.Match) -> set | None:
    """Missing answers of a standard; of both rounds where two are spoken of."""
    scope, code = reading.scope, _code(reading, found)
    if re.search(r"\b(2|two) rounds|went against it", reading.sentence(found.start())):
        pairs = [(each, scope.before(each)) for each in scope.now]
        codes = [code] if code else scope.standards
        return {
            one.missing(each) + two.missing(each)
            for one, two in pairs
            if two
            for each in codes
            if (each, "all") in one.met and (each, "all") in two.met
        }
    critical = [each for each in scope.standards if scope.world.standards[each]["critical"]]
    return {count for each in ([code] if code else critical) for count, _ in scope.missing(each)} or None


def not_applicable(reading: Reading, found: re.Match) -> set | None:
    code = _code(reading, found)
    if not code:
        return None
    scope, team = reading.scope, reading.block.team
    told = (
        scope.others(code, reading.teams, applicable=False)
        if team == "others"
        else scope.not_applicable(code, None, team or "all")
    )
    return {k for k, _ in told}


def auditors(reading: Reading, found: re.Match) -> set:
    return {rounded(each.auditors, reading.scope.audience) for each in reading.scope.now}


def listed(reading: Reading, found: re.Match) -> set | None:
    return {rounded(each.listed, reading.scope.audience) for each in reading.scope.now if each.listed} or None


def marked(reading: Reading, found: re.Match) -> set:
    way = "down" if "down" in found[0] else "up"
    return {rounded(getattr(each, way), reading.scope.audience) for each in reading.scope.now}


def no_grade(reading: Reading, found: re.Match) -> set | None:
    """Files drawn, or read, for which nobody wrote a grade that can be read."""
    graded = [(each, next(iter(each.grades.values()))[1]) for each in reading.scope.now if each.grades]
    return {rounded((each.drawn or each.read) - n, reading.scope.audience) for each, n in graded} or None


def target(reading: Reading, found: re.Match) -> set | None:
    code = _code(reading, found)
    codes = [code] if code else [each for each in reading.scope.standards]
    return {reading.scope.target(each) for each in codes} or None


def of_officers(reading: Reading, found: re.Match) -> set:
    """What the commentary of these audits says is asked of officers already; what two of them ask is one."""
    asked = reading.scope.world.of_officers
    return {len(frozenset().union(*(asked.get(each.id, ()) for each in reading.scope.now)))}


def also_of_officers(reading: Reading, found: re.Match) -> set:
    """Of that, what answers no critical standard, beside whose failure the rest stands."""
    asked = reading.scope.world.beside_nothing
    return {len(frozenset().union(*(asked.get(each.id, ()) for each in reading.scope.now)))}


def not_come(reading: Reading, found: re.Match) -> set:
    """The returns that partner agencies were asked for and never sent."""
    lost = (sum(each.read - came for came in each.partners.values()) for each in reading.scope.now if each.partners)
    return {rounded(each, reading.scope.audience) for each in lost}


def families(reading: Reading, found: re.Match) -> set:
    """Families who were asked, and who answered: people's own words, so the same to all."""
    return {(sent, returned) for returned, sent in reading.scope.world.replies}


def interval(reading: Reading, found: re.Match) -> set:
    return {95}


def percent(reading: Reading, found: re.Match) -> set | None:
    """The share beside a count, or of the row's standard."""
    code = _code(reading, found)
    if not code:
        return None
    period = reading.period(*found.span())
    pairs = reading.scope.met(code, period) | reading.scope.failed(code, period)
    if team := reading.block.team:
        pairs = reading.scope.others(code, reading.teams) if team == "others" else reading.scope.met(code, None, team)
    shares = {100 * k / n for k, n in pairs if n}
    known = {round(each) for each in shares} | {int(each + 0.5) for each in shares}
    return known | {reading.scope.target(code)} if "target" in reading.text.lower() else known or None


def _phase(reading: Reading, found: re.Match) -> list[str]:
    """Whether a number is of before a round, of while it lasted, or of both."""
    block, first = reading.block, found.re.groups and (found[1] or "").isdigit()
    rest = reading.text[found.end(1) if first else found.end() :]
    if said := re.match(r"[^\d;]{0,30}?\b(before|during)", rest) or re.search(r"\((before|during)", rest):
        return [said[1]]
    if re.match(r"\w+ during", block.line):
        return ["during"]
    before = "before" in f"{reading.sentence(found.start())} {block.table}" or re.match(
        r"(reach|sessions) \|", block.line
    )
    return ["before"] if before else ["", "before", "during"]


def course(reading: Reading, found: re.Match, what: str) -> set | None:
    """People reached, sessions or bookings of the course that the place names."""
    scope = reading.scope
    place = f"{reading.sentence(found.start())} {reading.block.row} {reading.block.part}"
    named = re.findall(r"⟦course:([^⟧]+)⟧", place) or [each for each in scope.courses if each in reading.block.line]
    told = [each for name in named[:1] for phase in _phase(reading, found) for each in course_of(scope, name, phase)]
    if what == "sessions":
        known = {count for each in told for count in each["sessions"]}
    else:
        known = {each[what] for each in told}
    return {rounded(each, scope.audience) for each in known} or None


def of_team(reading: Reading, found: re.Match) -> set | None:
    """People of one team whom a course reached."""
    scope = reading.scope
    named = re.findall(r"⟦course:([^⟧]+)⟧", reading.block.row) or list(scope.courses)
    told = [each for name in named for phase in _phase(reading, found) for each in course_of(scope, name, phase)]
    known = {int(each["teams"][found["team"]]) for each in told if found["team"] in each["teams"]}
    return {rounded(each, scope.audience) for each in known} or None


def agencies(reading: Reading, found: re.Match) -> set | None:
    """The agencies that were asked."""
    return {len(each.entry["agencies"]) for each in reading.scope.now if "agencies" in each.entry} or None


def rests_on(reading: Reading, found: re.Match) -> set | None:
    """The fewest or the most files on which a standard rests."""
    known = set()
    for each in reading.scope.now:
        ns = [each.met[code, "all"][1] for code in each.standards]
        known |= {(min(ns), max(ns))}
    return {(rounded(a, reading.scope.audience), rounded(b, reading.scope.audience)) for a, b in known} or None


def next_size(reading: Reading, found: re.Match) -> set | None:
    return {size for _, _, size in reading.scope.next_rounds if size} or None


def files_to_tell(reading: Reading, found: re.Match) -> set | None:
    code = _code(reading, found)
    rows = [each["files_to_tell"] for each in reading.scope.rows if each["standard_id"] == code]
    return {int(float(each)) for each in rows if each and each not in "c"} or None


def would_turn(reading: Reading, found: re.Match) -> set | None:
    code = _code(reading, found)
    rows = [each["would_turn"] for each in reading.scope.rows if each["standard_id"] == code]
    return {int(float(each)) for each in rows if each and each not in "c"} or None


def all_standards(reading: Reading, found: re.Match) -> set | None:
    """How many standards there are, or were compared, or could not be."""
    scope = reading.scope
    said = reading.sentence(found.start())
    near = reading.text[found.end() : found.end() + 60].lower()
    compared = [pair for each in scope.now if (pair := scope.comparable(each))]
    if "more" in found[0] or re.match(r" (?:standards )?(?:more )?can(?:not|'t) be compared", near):
        return {sum(n - k for k, n in compared)} if compared else None
    if re.search(r"\bcompared\b", near[:30]) or re.search(r"among the $", reading.text[: found.start()]):
        return scope.counts_compared if compared else None
    if "none at all" in near:
        none = [code for code in scope.compared if None in scope.rises(code)]
        return {len(none), sum(scope.still(code) for code in none)}
    if re.search(r"\bchange", said) and compared:
        return {sum(k for k, _ in compared)}
    if re.search(r"compare", said) and compared:
        return {
            sum(n for _, n in compared),
            sum(k for k, _ in compared),
            sum(n - k for k, n in compared),
            len(scope.standards),
        }
    return {len(each.standards) for each in scope.choices}


def _of_a_team(reading: Reading, found: re.Match, word: str | None) -> set | None:
    """So many verdicts of the team that falls short in the same sentence, by the rows of the team itself."""
    of = re.search(r"⟦team:([^⟧]+)⟧:? (?:falls short|no standard is shown)[^.]*$", reading.text[: found.start()])
    if of is None:
        return None
    rows = [each for each in reading.scope.rows if each["measure"] == "compliance" and each["group"] == "team"]
    mine = [each for each in rows if (OTHERS in each["level"] if of[1] == "others" else each["level"] == of[1])]
    told = ["" if each["status"] == "low_base" else each["verdict"] for each in mine]
    return {told.count(word if word in ("met", "not met", "cannot tell") else "")}


def verdicts(reading: Reading, found: re.Match) -> set | None:
    """So many met, not met or cannot be told: a tally of the page's verdicts."""
    word = verdict_word(found["word"])
    if (of_team := _of_a_team(reading, found, word)) is not None:
        return of_team
    known = tally_of(reading.scope)
    if _STATUS.search(reading.sentence(found.start())):
        rows = {
            (each["audit"], each["standard_id"]): each for each in reading.scope.rows if each["measure"] == "impact"
        }
        return {sum(each["verdict"] == "I2" for each in rows.values())} if word == "cannot tell" else None
    if word is None or not known:
        return None
    if word == "not comparable":
        pairs = [pair for each in reading.scope.now if (pair := reading.scope.comparable(each))]
        return {sum(n - k for k, n in pairs)} if pairs else None
    told = [tally_of(each) for each in reading.scope.choices]
    found_here = {each.get(word, 0) for each in told}
    if word == "no verdict":
        found_here |= {each.get(word, 0) - each.get("critical failure", 0) for each in told}
    if word == "cannot tell" and any(each.get("measure") == "change" for each in reading.scope.rows):
        changes = [
            each for each in reading.scope.rows if each["measure"] == "change" and each["verdict"] == "cannot tell"
        ]
        found_here.add(len({(each["audit"], each["standard_id"]) for each in changes}))
    if word == "no verdict":
        found_here |= {sum(each["measure"] == "change" and each["rule"] == "C0" for each in reading.scope.rows)} - {0}
    if word == "hidden":
        found_here.add(sum(each["measure"] == "change" and each["verdict"] in ("", "c") for each in reading.scope.rows))
    return found_here


def others(reading: Reading, found: re.Match) -> set | None:
    """How many standards beside those that are named have a verdict, by what was found now or by its change."""
    word = verdict_word(found["word"])
    if (of_team := _of_a_team(reading, found, word)) is not None:
        return of_team
    named, scope = CODE.findall(reading.text), reading.scope
    near = CODE.findall(". ".join(reading.text[: found.start()].split(". ")[-2:]))
    if word is None:
        return None
    if _STATUS.search(reading.sentence(found.start())):
        return verdicts(reading, found)
    before = CODE.findall(reading.text[: found.start()])  # the others are others than those named until here
    now = tally_of(scope).get(word, 0) - sum(word in scope.verdicts(each) for each in dict.fromkeys(before))
    rows = {(each["audit"], each["standard_id"]): each["verdict"] for each in scope.rows if each["measure"] == "change"}
    changed = {sum(said == word and code not in each for (_, code), said in rows.items()) for each in (named, near)}
    return {now} | changed


def ruled_out(reading: Reading, found: re.Match) -> set | None:
    """Ten points, where the range of the change does rule them out."""
    code = _code(reading, found)
    changes = reading.scope.changes(code) if code else set()
    if reading.scope.audience == "public" or not changes:
        return None
    fall = "fall" in found[0]
    return {10} if any(low > -10 if fall else high < 10 for _, low, high in changes) else {"nothing"}


def constant(value: int) -> Known:
    return lambda reading, found: {value}


def rises(reading: Reading, found: re.Match) -> set | None:
    """The smallest and the largest rise that could have been shown, of all compared or of those that are still."""
    scope = reading.scope
    known = set()
    for codes in (scope.compared, [code for code in scope.compared if scope.still(code)]):
        told = [each for code in codes for each in scope.rises(code) if each is not None]
        known |= {(min(told), max(told))} if told else set()
    return known or None


def designs(reading: Reading, found: re.Match) -> set | None:
    """The files in each round that show ten points, from the share of the round before: fewest and most."""
    scope = reading.scope
    known: set = set()
    most = min(
        (each.listed for each in scope.now if each.listed), default=10**9
    )  # no page asks for more than there are
    for codes in (scope.compared, [code for code in scope.compared if scope.still(code)]):
        told = {size for code in codes for size in scope.designs(code) if size <= most}
        known |= {(min(told), max(told)), min(told)} if told else set()
    return known or None


def limit(reading: Reading, found: re.Match) -> set | None:
    """A likely range's lower end, in children."""
    code = _code(reading, found)
    known = reading.scope.ranges(code, None) if code else set()
    return {(round(low), listed) for low, _, listed in known if listed} or None


def files(reading: Reading, found: re.Match) -> set | None:
    """The files that were read."""
    return {rounded(each.read, reading.scope.audience) for each in reading.scope.now} or None


def aside(reading: Reading, found: re.Match) -> set | None:
    """What was set aside, by its reason."""
    said = reading.text[found.start() : found.end() + 60].split(";")[0].lower()
    kinds = (
        ("exclu|taken out", "file"),
        ("duplicate|twice|repeated", "row"),
        ("moderat", "moderation"),
        ("unknown|not known", "unreadable"),
        ("missing|blank", "blank"),
    )
    kind = next((name for pattern, name in kinds if re.search(pattern, said)), None)
    if kind is None or not reading.scope.now or not re.search("set aside", f"{reading.block.row} {reading.text}", re.I):
        return None
    return {rounded(each.set_aside.get(kind, 0), reading.scope.audience) for each in reading.scope.now}


def rise(reading: Reading, found: re.Match) -> set | None:
    """What two rounds of these sizes could have shown, from the share of the first."""
    code = _code(reading, found)
    known = reading.scope.rises(code) if code else set()
    return known - {None} or None


def luck(reading: Reading, found: re.Match) -> set | None:
    """Both rounds' files, the furthest that luck goes from the first count, and how far the standard named went."""
    named = CODE.search(found[0])
    code = named[1] if named else _code(reading, found)
    return reading.scope.lucks(code) if code and reading.scope.audience != "public" else None


def among_all(reading: Reading, found: re.Match) -> set | None:
    """How far a standard went, what missing answers leave of it, and what luck could bring to one of all compared."""
    code = CODE.search(found[0])
    return reading.scope.hurdles(code[1]) if code and reading.scope.audience != "public" else None


def odds(reading: Reading, found: re.Match) -> set:
    """The standards compared, and how many times in 100 luck makes one of them look changed."""
    chances = reading.scope.false_alarms
    return {(len(chances), math.floor(100 * (1 - math.prod(1 - each for each in chances)) + 0.5))}


def expected(reading: Reading, found: re.Match) -> set:
    """The standards compared, where as many as is said are what luck makes of them on average."""
    chances = reading.scope.false_alarms
    many = {each: WORDS.get(each, each) for each in (found["many"],)}[found["many"]]
    return {len(chances)} if many == str(round(sum(chances))) else {f"luck makes {sum(chances):.1f} of {len(chances)}"}


def alike(reading: Reading, found: re.Match) -> set:
    """The standards of audits with a round before, and those that can be compared with it."""
    return {each.total("comparable", exact=True)[::-1] for each in reading.scope.choices}


def places(reading: Reading, found: re.Match) -> set | None:
    """In how many audits how many critical standards were failed; an edition that hides some says how many it shows."""
    scope = reading.scope
    critical = {code for code in scope.standards if scope.world.standards[code]["critical"]}
    met = (each.met.get((code, "all")) for each in scope.now for code in critical)
    failed = sum(pair is not None and pair[0] < pair[1] for pair in met)
    return None if scope.audience == "public" else {failed}


def audits(reading: Reading, found: re.Match) -> set:
    """The audits of which the place speaks, or those in which a critical standard was failed."""
    scope = reading.scope
    clause = re.split(r"[.:;] ", reading.text[: found.end()])[-1]
    if "critical" not in clause:
        return {len(scope.now)}
    critical = {code for code in scope.standards if scope.world.standards[code]["critical"]}
    failed = sum(
        any(k < n for (code, level), (k, n) in each.met.items() if code in critical and level == "all")
        for each in scope.now
    )
    return {*range(1, failed + 1)} if "at least" in clause else {failed}
