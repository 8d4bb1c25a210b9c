"""The page on learning, counted again: comments by their phrases, families and files child by child, verdicts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import yaml

from tests.pages.stranger.blocks import CODE
from tests.pages.stranger.days import day_of
from tests.pages.stranger.mirror import judged
from tests.pages.stranger.piece import PAIR, Reading, whole
from tests.pages.stranger.registers import ANY_DAY, SHARE, Known, _pairs, _rows, each_survey
from tests.pages.stranger.truth import limits
from tests.pages.stranger.truth.facts import World
from tests.pages.stranger.truth.returns import plain

LEARNING = Path(__file__).parents[3] / "data" / "example" / "learning.yml"
ENDS = re.compile(r"(\d+) to (\d+) of (\d+) asked")
ALONE = r"from (?:three|3) files of different|(?:one|1) of its phrases|(?:one|1) auditor's comment"  # rules, no counts
THEME = "^(?!.*asked “).*(?:hold it|again and again|write most often)"
_NO_CHILD = ("supervision", "strategy_meetings")
OPENS = {  # what the first sentence says of families: a pair of `_families`
    r"(\d+) of (\d+) families answered": lambda sent, came, yes, files, pairs: (came, sent),
    r"(\d+) of (\d+) of them said yes": lambda sent, came, yes, files, pairs: (yes, came),
    r"say yes in (\d+) of (\d+)": lambda sent, came, yes, files, pairs: files,
    r"say the same in (\d+) of (\d+)": lambda sent, came, yes, files, pairs: (pairs[0], sum(pairs)),
}
PARTED = {"file yes, family no": 1, "file no, family yes": 2}


def learning(reading: Reading) -> None:
    """Hold every count, share and end of the page."""
    if reading.page.split("/")[-1] != "learning.html":
        return
    world = reading.scope.world
    if ("learning",) not in world.memory:
        world.memory["learning",] = {"known": _known(world), "families": _families(world)}
    known, families = (world.memory["learning",][name] for name in ("known", "families"))
    ours = [each for question, each in families.items() if question in f"{reading.block.row} {reading.block.line}"]
    for found in ANY_DAY.finditer(reading.text):
        days = {world.as_of} | {date.fromisoformat(row["on"]) for row in each_survey()}
        reading.judge(*found.span(), day_of(found), days, "date")
    for found in ENDS.finditer(reading.text):
        right = {(yes, yes + sent - came, sent) for sent, came, yes, *_ in ours or families.values()}
        reading.judge(*found.span(), tuple(map(int, found.groups())), right, "ends")
    if reading.block.part == "What is good, and who can share it":
        _good(reading)
    for pattern, pair_of in OPENS.items():
        for found in re.finditer(pattern, reading.text):
            right = {pair_of(*each) for question, each in families.items() if question in reading.text}
            reading.judge(found.start(1), found.end(2), (int(found[1]), int(found[2])), right or None, "families")
    for said in re.findall(ALONE, reading.text):
        reading.read += [found.span() for found in re.finditer(re.escape(said), reading.text)]
    for words, at in PARTED.items():
        for found in re.finditer(rf"{words}: (\d+)", reading.text, re.IGNORECASE):
            reading.judge(*found.span(1), int(found[1]), {each[4][at] for each in ours}, "family and file")
    for found in PAIR.finditer(reading.text):
        pair = whole(found[1]), whole(found[2])
        reading.judge(*found.span(), pair, _pairs(reading, *found.span(), known), "count")
    for found in SHARE.finditer(reading.text):
        pairs = _pairs(reading, *found.span(), known) or ()
        shares = {int(100 * k / n + 0.5) for k, n in pairs if n}
        ends = {
            int(100 * end / sent + 0.5) for sent, came, yes, *_ in families.values() for end in (yes, yes + sent - came)
        }
        right = ends if reading.block.column == "Likely range" and "Families" in reading.block.row else shares
        reading.judge(found.start(), found.end() - 1, int(found[1]), right or None, "share")


def _good(reading: Reading) -> None:
    """A standard that is met: its count, and how many of the list that may be."""
    world = reading.scope.world
    for code in CODE.findall(reading.block.row)[:1]:
        month = [each for each in world.audits.values() if each.entry["period"] == world.period]
        ours = [each for each in month if code in each.standards]
        for found in re.finditer(r"(\d+) to (\d+) of (\d+) \w+$", reading.text):
            ranges = (limits.range_of(each, code) for each in ours)
            right = {(round(low * size), round(high * size), size) for low, high, size in filter(None, ranges) if size}
            reading.judge(found.start(1), found.end(3), tuple(map(int, found.groups())), right, "range")
        for found in PAIR.finditer(reading.text):
            right = {each.met[code, "all"] for each in ours}
            reading.judge(*found.span(), (whole(found[1]), whole(found[2])), right, "met")


def _known(world: World) -> list[Known]:
    audits = [each for each in world.audits.values() if each.entry["period"] == world.period]
    files = [
        (f"{unit} {ref}", said)
        for each in audits
        for unit in [world.themes[each.theme].get("unit", "") if each.theme in _NO_CHILD else ""]
        for ref, said in each.comments.items()
    ]
    told: dict[str, list[tuple[str, str]]] = {}
    for ref, said in files:
        told.setdefault(ref, []).extend((by, f" {plain(words)} ") for by, words in said if re.search(r"\w", words))
    n = sum(bool(said) for said in told.values())
    found: list[Known] = [("files with comments \\|", "whole service", (n, len(told)))]
    for theme in yaml.safe_load(LEARNING.read_text(encoding="utf-8"))["themes"]:
        phrases = [f" {plain(each)} " for each in theme["phrases"]]
        first: dict[tuple[str, str], str] = {}
        for ref, said in told.items():
            for each in said:
                if any(phrase in each[1] for phrase in phrases):
                    first.setdefault(each, ref)
        if "released" in theme:
            found.append((THEME, theme["wording"], (len({*first.values()}), n)))
    said = judged(world)
    found.append(("standards that are met", "", (sum(word == "met" for _, word in said), len(said))))
    found.append(("rows read", "", (len(_rows("survey")),) * 2))
    for question, (sent, came, yes, files, (same, alone, others)) in _families(world).items():
        both = same + alone + others
        found += [
            ("families who answered|answered, of those asked|families answered", question, (came, sent)),
            ("said yes", question, (yes, came)),
            ("say yes", question, files),
            ("say the same|one by one", question, (same, both)),
            ("file says yes, the family no", question, (alone, both)),
            ("family says yes, the file no", question, (others, both)),
        ]
    return found


def _families(world: World) -> dict[str, tuple]:
    """Of each question that a standard names: asked, answered, yes, what the files say, and the two child by child."""
    found = {}
    for code, standard in world.standards.items():
        for question in standard.get("measured_by", []):
            rows = [row for row in _rows("survey") if row["question"] == question and row["child_ref"]]
            files = {
                ref.zfill(7): met
                for each in world.audits.values()
                if each.entry["period"] == world.period
                for ref, met in each.readings.get("auditors", {}).get(code, {}).items()
            }
            if rows:
                sent, came, yes = (sum(int(row[name]) for row in rows) for name in ("sent", "returned", "positive"))
                ours = [files[row["child_ref"]] for row in rows if row["child_ref"] in files]
                pairs = [(files[row["child_ref"]], row["positive"] == "1") for row in rows if int(row["returned"])]
                parted = tuple(pairs.count(each) for each in ((True, False), (False, True)))
                apart = (len(pairs) - sum(parted), *parted)
                found[question] = sent, came, yes, (sum(ours), len(ours)), apart
    return found
