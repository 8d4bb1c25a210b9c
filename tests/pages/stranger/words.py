"""Verdicts and other words: what is said without a number, and can still be looked up."""

from __future__ import annotations

import re

from tests.pages.stranger.blocks import TEAM
from tests.pages.stranger.piece import PAIR, Reading, Untrue, whole
from tests.pages.stranger.truth import limits
from tests.pages.stranger.truth.facts import Facts
from tests.pages.stranger.truth.scope import Scope

EVERY = "not met|met|cannot tell|no verdict|better|worse|warning|not comparable|no worthwhile change"
VERDICT = re.compile(rf"^(?:we )?({EVERY})\b", re.IGNORECASE)
OF_TEAM = re.compile(rf"^\d+ of \d+ (?:we )?({EVERY})\b", re.IGNORECASE)
LEGEND = {
    "the whole range falls short": "not met",
    "the whole range reaches": "met",
    "the target lies inside": "cannot tell",
    "no target, too few": "no verdict",
    "question, list or draw differs": "not comparable",
}
CHOSEN = {
    "random": r"at random|by chance",
    "stratified": r"within groups|from each group",
    "systematic": r"even steps|every \w+ file|at random",
    "auditor_choice": r"by the auditor|by auditors|auditors chose|chosen by",
    "risk_led": r"because of risk|for risk|risk",
    "census": r"every file|whole list|all of them",
}


def words(reading: Reading) -> int:
    """Hold the words of a piece; gives how many were understood."""
    return _cell(reading) + _sentence(reading) + _trust(reading) + _always(reading)


def _always(reading: Reading) -> int:
    """What a row can only say: an audit that an action fails by was not met, a strength is met, days are in order."""
    said = re.match(r"(Met|Not met)(?= in: |, of the files read)", reading.text)
    known = "Met" if said and reading.text[said.end()] == "," else "Not met"
    days = re.fullmatch(r"(\d+) to (\d+) [A-Z]\w+ \d{4}", reading.text)
    told = _say(reading, "what a row can only say", said[1], {known}) if said else 0
    return told + (_say(reading, "days", str(int(days[1]) < int(days[2])), {"True"}) if days else 0)


def _say(reading: Reading, what: str, value: str, known: set[str]) -> int:
    if value not in known:
        reading.untrue.append(
            Untrue(
                reading.page, what, value, ", ".join(sorted(known)), f"{reading.block.row[:60]} | {reading.text[:120]}"
            )
        )
    return 1


def _cell(reading: Reading) -> int:
    block, scope = reading.block, reading.scope
    code = block.codes[0] if len(block.codes) == 1 else None
    if block.kind != "td" or not code or (code, "all") not in {each for facts in scope.now for each in facts.met}:
        return 0
    is_change = re.search(r"earlier round|round before|last time|change", block.table, re.IGNORECASE)
    if re.match(r"Did it help|Has it helped|Status", block.column):
        return _status(reading, code, re.sub(r"^we ", "", block.text.lower()))
    if block.column == "Verdict" and is_change and (found := VERDICT.match(block.text)):
        _keyed(reading, "verdict on the change", code, found[1].lower())
        said = {"warning": "worse"}.get(found[1].lower(), found[1].lower())
        return _say(reading, "verdict on a change", said, changes(scope, code))
    if block.column == "Verdict" and block.team and (found := VERDICT.match(block.text)):
        return _say(
            reading, "verdict of a team", found[1].lower(), of_team(reading, code, block.team) | _few(reading, code)
        )
    if block.column == "Verdict" and not is_change and (found := VERDICT.match(block.text)):
        return _say(reading, "verdict", found[1].lower(), scope.verdicts(code))
    if (team := TEAM.search(block.column)) and (found := OF_TEAM.match(block.text)):
        return _say(reading, "verdict of a team", found[1].lower(), of_team(reading, code, team[1]))
    return 0


STATUSES = {
    "I0": "too early to measure",
    "I1": "compared next time",
    "I2": "cannot tell",
    "I3": "no worthwhile",
    "I4": "improving",
    "I5": "earlier rise kept",
    "I6": "worsening",
}


def _status(reading: Reading, code: str, said: str) -> int:
    """Whether what was done has helped: as the data file has it, and the same on every page about the audit."""
    rows = {
        each["verdict"] for each in reading.scope.rows if (each["measure"], each["standard_id"]) == ("impact", code)
    }
    known = {word for name in rows for rule, word in STATUSES.items() if name in (rule, "I?")}
    said = re.sub("^warning", STATUSES["I6"], said)  # of a critical standard, before it is sure
    if known and "[c]" not in said:
        _say(reading, "status", next((each for each in known if said.startswith(each)), said), known)
    return _keyed(reading, "status", code, said.split(" i")[0])


def of_team(reading: Reading, code: str, team: str) -> set[str]:
    """What may be said of a team: all missing answers could be its own."""
    scope = reading.scope
    level = "Others, put together" if team == "others" else team
    if scope.audience == "public" or team == "others":
        return {
            each["verdict"]
            for each in scope.rows
            if (each["measure"], each["standard_id"], each["level"]) == ("compliance", code, level)
        }
    found = set()
    for each in scope.now:
        k, n = each.met.get((code, team), (0, 0))
        lost, wanted = each.missing(code), scope.target(code) / 100
        low, high = limits.share(k, n + lost)[0], limits.share(k + lost, n + lost)[1]
        chance = each.entry["selection"] in limits.BY_CHANCE and not each.early
        critical = scope.world.standards[code]["critical"] and k < n
        word = (
            "cannot tell"
            if low < wanted <= high
            else "not met"
            if high < wanted
            else "no verdict"
            if critical
            else "met"
        )
        found.add(word if chance else "no verdict")
    return found


def _few(reading: Reading, code: str) -> set[str]:
    """That there is no verdict where fewer than ten files of a team can be read."""
    k_of_n = PAIR.search(reading.block.line)
    return {"no verdict"} if k_of_n is None or whole(k_of_n[2]) < 10 else set()


def _keyed(reading: Reading, what: str, code: str, value: str) -> int:
    now = tuple(sorted(each.id for each in reading.scope.now))
    if len(now) == 1 and "[c]" not in value:
        reading.keyed.append(((what, code, now), value))
    return 1


def changes(scope: Scope, code: str) -> set[str]:
    """The verdicts on a change that its range and the two rounds leave open."""
    found = set()
    for each in scope.now:
        before = scope.before(each)
        if before is None or (code, "all") not in before.met or not scope.can_compare(code, each, before):
            found.add("not comparable")
            continue
        if any(limits.read_in_part(one, code) for one in (before, each)):
            found.add("not comparable")
        if min(before.met[code, "all"][1], each.met[code, "all"][1]) < 5:
            found.add("no verdict")
            continue
        _seen, low, high = limits.change(before, each, code)
        if low > -10 and high < 10:
            found.add("no worthwhile change")
        else:
            found |= {"cannot tell"} | ({"better"} if low > 0 else set()) | ({"worse"} if high < 0 else set())
    return found


STILL_OPEN = {"cannot tell", "no verdict", "not comparable"}
UNCHANGED = r"cannot tell yet whether any(?:thing| of \d+ standards) has changed|change could be luck"
SAID = (
    (r"it is not met|shows it is not met", "not met"),
    (r"(?<!whether )it is met", "met"),
    (r"cannot tell us whether it is met|cannot tell whether it is met", "cannot tell"),
)


def _sentence(reading: Reading) -> int:
    told = 0
    for said, word in LEGEND.items():
        for found in re.finditer(rf"\b({EVERY}) ?: {said}", reading.text, re.IGNORECASE):
            told += _say(reading, "what a word means", found[1].lower(), {word})
    for found in re.finditer(rf"^({EVERY}) ?[.:] [^.]*chang", reading.text, re.IGNORECASE):
        code = reading.code(found.start())
        if code and (known := changes(reading.scope, code)):
            told += _say(reading, "verdict on a change", found[1].lower(), known)
    first = re.search(rf"^(?:Only )?\d+ of \d+ .*⟦theme:⟧(?:, \w+ \d+)? ({EVERY})$", reading.text, re.IGNORECASE)
    if first and reading.block.kind == "li" and (code := reading.code(0)):  # a first line of the front page
        told += _say(reading, "verdict", first[1].lower(), reading.scope.verdicts(code) | {"warning"})
    for _ in re.finditer(UNCHANGED, reading.text):
        every = [changes(reading.scope, code) for code in reading.scope.compared]
        unknown = {"cannot tell"} if every and all(each & STILL_OPEN for each in every) else {"changed"}
        told += _say(reading, "whether anything has changed", "cannot tell", unknown)
    for found in re.finditer(r"⟦course:([^⟧]+)⟧ (was still going on when|began after) these files", reading.text):
        told += _say(reading, "when work was done", found[2], {_against(reading.scope, found[1])})
    for pattern, word in SAID:
        for found in re.finditer(pattern, reading.text):
            code = reading.code(found.start())
            if code and (known := reading.scope.verdicts(code)):
                told += _say(reading, "verdict", word, known)
    return told


def _against(scope: Scope, name: str) -> str:
    """Whether work was going on while the files of an audit were read, or began after."""
    course, (first, last) = scope.courses[name], scope.now[0].days
    return "began after" if course["on"] > last else "was still going on when" if course["until"] >= first else "before"


def _with_worker(facts: Facts) -> str:
    """Yes or no as the returns have it, or else the protocol; in part where some files were and some were not."""
    if facts.with_worker:
        k, n = facts.with_worker
        return "yes" if k == n else "in part" if k else "no"
    return "yes" if facts.entry.get("with_practitioner") else "no"


CONCLUDED = {
    "drawn by chance": lambda each: each.entry["selection"] in limits.BY_CHANCE,
    "so they cannot speak for others": lambda each: each.entry["selection"] not in (*limits.BY_CHANCE, "census"),
    "the whole list was": lambda each: each.entry["selection"] == "census",
    "drawn were not read": lambda each: each.read < each.drawn,
    "nobody else checked": lambda each: each.moderated == 0,
    "grades may be kind": lambda each: each.down > 0 == each.up,
    "grades may be harsh": lambda each: each.up > 0 == each.down,
}


def _concluded(reading: Reading) -> int:
    """What can be relied on, and why not: each reason as the data have it."""
    said = [each for each in CONCLUDED if each in reading.text] if reading.text.startswith("Rely on") else []
    for each in said:
        _say(reading, each, "yes", {"yes" if CONCLUDED[each](facts) else "no" for facts in reading.scope.now})
    return len(said)


def _trust(reading: Reading) -> int:
    text, scope = reading.text, reading.scope
    told = 0
    if not scope.now:
        return 0
    if re.search(r"no 2nd reader|no second reader", text):
        told += _say(reading, "moderated", "none", {"none" if each.moderated == 0 else "some" for each in scope.now})
    if re.match(r"\w+ read|Returned", reading.block.row) and "[c]" not in text:
        known = {each.entry["selection"] for each in scope.now}
        said = {name for name, pattern in CHOSEN.items() if re.search(pattern, text)}
        if said:
            told += _say(reading, "how files were chosen", min(known) if known & said else min(said), known)
    if found := re.search(r"practitioner took (no )?part|worker took (no )?part", text):
        said = "no" if found[1] or found[2] else "yes"
        told += _say(
            reading,
            "with the worker",
            said,
            {_with_worker(each) for each in scope.now},
        )
    told += _concluded(reading)
    if re.search(r"reason not recorded", text):
        told += _say(reading, "set aside", "reason not recorded", {"its reason"})
    if reading.block.row == "Set aside" and text == "none":
        told += _say(reading, "set aside", "none", {"none" if not each.set_aside else "some" for each in scope.now})
    if reading.block.column == "Target" and "none" in text:
        told += _say(reading, "target", text, {"its target"})
    return told
