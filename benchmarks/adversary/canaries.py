"""A hundred identifiers led into the evidence by every way in, and what they might look like on a page.

What the search of finished pages must find is written here as a reader would recognise it, and beside it two hundred
texts that name nobody. Searching is done by `ia.scan` with the identifiers of the workspace, as a run does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

import ilacs_audit as ia
from benchmarks.adversary import planted
from benchmarks.adversary.doors import DOORS, evidence
from tests.councils.pages import published_text

PERIOD = "2025-03"
HARMLESS = Path(__file__).with_name("harmless.txt")
GIVEN = ("Tamsin", "Idris", "Beatrix", "Callum", "Priyanka", "Rhodri", "Aoife", "Desmond", "Zuzanna", "Leopold")
FAMILY = (
    "Quenbury", "Thornwickle", "Ashgarthen", "Mellorsby", "Okonjowa", "Brackenfold", "Pellowitz", "Hathersedge",
    "Dunmorrow", "Vasterling",
)  # fmt: skip  # a table, a line a row


WORDS_AS_NAMES = (
    "Rose Hill", "Will Young", "Grace Church", "Mark Reading", "Gill Parsons", "Ivor Thompson", "Penny Ellis",
    "Andrew Miles", "Faith Street", "Dean Park", "Jack Long", "April Day", "Hope Bridge", "Art Close", "Summer Field",
    "Victoria Green", "Heather Banks", "Robin Wood", "Frank Price", "Bill Case", "Pat Law", "Drew Sharp", "Joy Child",
    "Max Best",
)  # fmt: skip  # a table, a line a row


class Canary(NamedTuple):
    """Somebody, how they came in, and the text that would give them away; `known` says why it may not be found."""

    door: str
    form: str
    text: str
    known: str = ""


def somebody(number: int) -> str:
    """A name that no two canaries share."""
    return f"{GIVEN[number % 10]} {FAMILY[(number // 10 + number) % 10]}"


def _look_alike(name: str) -> str:
    return name.translate(str.maketrans("aeopcTBHM", "аеорсТВНМ"))


def _full_width(name: str) -> str:
    return "".join(chr(ord(each) + 65248) if each != " " else each for each in name)


def _styled(name: str, start: int) -> str:
    """The name in another set of letters of Unicode, such as mathematical bold."""
    small = {each: chr(start + 26 + ord(each) - 97) for each in "abcdefghijklmnopqrstuvwxyz"}
    large = {each.upper(): chr(start + ord(each) - 97) for each in small}
    return "".join((small | large).get(each, each) for each in name)


NAMES: dict[str, Callable[[str, str], str]] = {
    "as written": lambda one, two: f"{one} {two}",
    "in capitals": lambda one, two: f"{one} {two}".upper(),
    "in small letters": lambda one, two: f"{one} {two}".lower(),
    "family name first": lambda one, two: f"{two}, {one}",
    "family name first, no comma": lambda one, two: f"{two} {one}",
    "with a middle name": lambda one, two: f"{one} Marie {two}",
    "with two middle names": lambda one, two: f"{one} Marie Louise {two}",
    "with a middle initial": lambda one, two: f"{one} J. {two}",
    "initial and family name": lambda one, two: f"{one[0]}. {two}",
    "two initials and family name": lambda one, two: f"{one[0]}. J. {two}",
    "initial without a dot": lambda one, two: f"{one[0]} {two}",
    "given name and initial": lambda one, two: f"{one} {two[0]}.",
    "given name and initial without a dot": lambda one, two: f"{one} {two[0]}",
    "initials": lambda one, two: f"{one[0]}.{two[0]}.",
    "family name and initial": lambda one, two: f"{two}, {one[0]}",
    "Cyrillic letters": lambda one, two: _look_alike(f"{one} {two}"),
    "full-width letters": lambda one, two: _full_width(f"{one} {two}"),
    "bold letters of mathematics": lambda one, two: _styled(f"{one} {two}", 0x1D400),
    "a letter with an accent": lambda one, two: f"{one} {two}".replace("e", "é").replace("o", "ò"),
    "a joiner inside": lambda one, two: f"{one[:2]}\u200d{one[2:]} {two[:3]}\u200b{two[3:]}",
    "a soft hyphen inside": lambda one, two: f"{one} {two[:4]}\u00ad{two[4:]}",
    "a hard space": lambda one, two: f"{one}\u00a0{two}",
    "a line break": lambda one, two: f"{one}\n{two}",
    "two spaces": lambda one, two: f"{one}  {two}",
    "with an apostrophe": lambda one, two: f"{one} {two}'s",
    "joined by an underscore": lambda one, two: f"{one}_{two}",
    "joined by a hyphen": lambda one, two: f"{one}-{two}",
    "an e-mail address": lambda one, two: f"{one}.{two}@northmere.example".lower(),
    "with a title": lambda one, two: f"Mrs {one} {two}",
    "letters apart": lambda one, two: " ".join(f"{one}") + "  " + " ".join(two),
    "as entities": lambda one, two: "".join(f"&#{ord(each)};" for each in one) + f" {two}",
    "zero for o, one for l": lambda one, two: f"{one} {two}".replace("o", "0").replace("l", "1"),
    "Greek letters": lambda one, two: f"{one} {two}".translate(str.maketrans("oTBHMAZ", "οΤΒΗΜΑΖ")),
}  # fmt: skip  # a table, a line a row
SECURITY = Path(__file__).parents[2] / "docs" / "security.md"
# What may pass, if docs/security.md says so in these words.
EXEMPT = {
    "zero for o, one for l": "spelling mistake",
    "letters apart": "spelling mistake",
    "run together": "run together",
    "initials": "initials alone",
    "with commas": "a reference with a comma",
    "in words": "an e-mail in words",
}
NUMBERS: tuple[tuple[str, str, str, str], ...] = (
    ("reference", "0071835", "as written", "0071835"),
    ("reference", "0071836", "without its zeros", "file 71836"),
    ("reference", "0071837", "with spaces", "007 18 37"),
    ("reference", "0071838", "with dots", "00.718.38"),
    ("reference", "0071839", "with hyphens", "00-718-39"),
    ("reference", "0071840", "with commas", "71,840"),
    ("reference", "LCS-0071841-02", "its number alone", "case 71841"),
    ("reference", "LCS-0071842-02", "with slashes", "LCS/0071842/02"),
    ("reference", "LCS-0071843-02", "without marks", "LCS007184302"),
    ("reference", "LCS-0071844-02", "in small letters with spaces", "lcs 0071844 02"),
    ("reference", "0071845", "full-width digits", "００７１８４５"),
    ("reference", "0071846", "as a number of a spreadsheet", "71846.0"),
    ("reference", "0071847", "behind a word", "ID0071847"),
    ("date of birth", "03/04/2011", "as written", "03/04/2011"),
    ("date of birth", "04/05/2012", "in words", "born on 4 May 2012"),
    ("date of birth", "05/06/2013", "with an ordinal", "born on the 5th of June 2013"),
    ("date of birth", "06/07/2014", "month first", "born July 6, 2014"),
    ("date of birth", "07/08/2015", "with dots and a short year", "d.o.b. 07.08.15"),
    ("date of birth", "08/09/2016", "ISO", "DOB 2016-09-08"),
    ("date of birth", "09/10/2010", "short month", "born 9 Oct 2010"),
    ("date of birth", "11/12/2009", "all in words", "born on the eleventh of December 2009"),
    ("address", "12 Sallowfield Lane, Northmere NM4 7QX", "as written", "12 Sallowfield Lane"),
    ("address", "14 Tansyhurst Road, Northmere NM4 8QX", "abbreviated", "14 Tansyhurst Rd"),
    ("address", "16 Yarrowmead Close, Northmere NM4 9QX", "postcode", "NM4 9QX"),
    ("address", "18 Bramblewick Court, Northmere NM5 7QX", "postcode without a space", "nm57qx"),
    ("address", "Flat 3, 20 Sedgemoor Drive, Northmere NM5 8QX", "flat and street", "Flat 3, 20 Sedgemoor Drive"),
    ("NHS number", "943 476 5919", "as written", "943 476 5919"),
    ("NHS number", "9434765870", "with hyphens", "943-476-5870"),
    ("telephone", "07700 900417", "with a country code", "+44 7700 900417"),
    ("telephone", "01632 960983", "in brackets", "(01632) 960 983"),
    ("e-mail", "quiet.fox@northmere.example", "as written", "quiet.fox@northmere.example"),
    ("e-mail", "loud.owl@northmere.example", "in words", "loud.owl at northmere dot example"),
)
HEADS = {"reference": "Case ID", "date of birth": "Date of birth", "address": "Address", "NHS number": "NHS number"}
HEADS |= {"telephone": "Telephone", "e-mail": "Email of parent"}


def canaries() -> Iterator[Canary]:
    """Every canary, doors first."""
    for number, door in enumerate(DOORS):
        yield Canary(door, "as written", f"Thanks go to {somebody(number)} for the room.")
    for number, form in enumerate(NAMES, start=len(DOORS)):
        one, _, two = somebody(number).partition(" ")
        yield _told("name of a child", form, f"Thanks go to {NAMES[form](one, two)} for the room.")
    one, _, two = somebody(len(DOORS) + len(NAMES)).partition(" ")
    yield _told("name of a child", "run together", f"Thanks go to {one}{two} for the room.".lower())
    for kind, _, form, text in NUMBERS:
        yield _told(kind, form, f"See {text} for more.")


def _told(door: str, form: str, text: str) -> Canary:
    """A canary, with the words of docs/security.md by which it may pass, if they stand there."""
    words = EXEMPT.get(form, "") if (door, form) != ("date of birth", "in words") else ""
    known = bool(words) and words in SECURITY.read_text(encoding="utf-8").casefold()
    return Canary(door, form, text, words if known else "")


def write(folder: Path) -> tuple[Path, Path]:
    """A workspace, and the evidence with everybody in it."""
    truth = [("North", {"DOO-1": planted.YES})] * 6
    more = {"returns": ["Doors audit*", "Doors export*"], "intended": 60}
    asked = planted.Round("doors", PERIOD, {"DOO-1": "0.8"}, truth, more=more)
    place, found = planted.written(planted.council([asked], seed=1, period=PERIOD), folder)
    for path in (found / "returns").iterdir():
        path.unlink()
    (found / "returns").rmdir()
    evidence(found, {door: somebody(number) for number, door in enumerate(DOORS)}, list(_rows()))
    return place, found


def _rows() -> Iterator[dict[str, str]]:
    """The rows of the workbook: a child each, one with each number, one with each name."""
    shared = {"Team": "North", "Auditor": "A1", "Date of audit": "03/03/2025", "DOO-1": "Yes"}
    start = len(DOORS)
    for number in range(len(NAMES) + 1):
        yield {"Case ID": f"44{number:05}", "Child's name": somebody(start + number), **shared}
    for number, name in enumerate(WORDS_AS_NAMES):
        yield {"Case ID": f"46{number:05}", "Child's name": name, **shared}
    for number, (kind, value, _, _) in enumerate(NUMBERS):
        yield {"Case ID": f"45{number:05}", **shared, HEADS[kind]: value}


def found(texts: list[str], identifiers: frozenset[str]) -> list[bool]:
    """Whether the search finds somebody in each text."""
    return [not ia.scan([each], identifiers).empty for each in texts]


def harmless() -> list[str]:
    """Texts that name nobody: initials, places, surnames that are words."""
    return [each for each in HARMLESS.read_text(encoding="utf-8").splitlines() if each and not each.startswith("#")]


class Searched(NamedTuple):
    """What the search let through, what of it is known, and what it refused for nothing."""

    tried: int
    let_through: list[Canary]
    known: list[Canary]
    refused: list[str]


def search() -> Searched:
    """Try every canary and every harmless text."""
    with tempfile.TemporaryDirectory(prefix="adversary-") as folder:
        place, came_in = write(Path(folder))
        people = ia.load_workspace(place, evidence=came_in).identifiers()
    every, texts = list(canaries()), harmless()
    missed = [each for each, hit in zip(every, found([each.text for each in every], people), strict=True) if not hit]
    refused = [text for text, hit in zip(texts, found(texts, people), strict=True) if hit]
    let, known = ([each for each in missed if bool(each.known) == why] for why in (False, True))
    return Searched(len(every), let, known, refused)


class Published(NamedTuple):
    """What a month with all of them in its evidence printed, and how many commentaries that name one stopped it."""

    printed: list[str]
    tried: int
    stopped: int


def publish(*, commentaries: int = 2) -> Published:
    """Publish the evidence with everybody in it; then write one of them into the commentary, one after the other."""
    with tempfile.TemporaryDirectory(prefix="adversary-") as name:
        folder = Path(name)
        place, came_in = write(folder)
        ended = planted.publish(place, came_in, folder / "outputs", PERIOD)
        if ended.refused:
            raise RuntimeError(f"exit {ended.code}: {ended.said[-500:]}")
        editions = [folder / "outputs" / each for each in planted.AUDIENCES]
        texts = [published_text(path) for each in editions for path in each.rglob("*") if path.is_file()]
        secret = [somebody(number) for number in range(len(DOORS) + len(NAMES) + 1)]
        secret += [value for _, value, _, _ in NUMBERS]
        printed = [each for each in secret if any(each.casefold() in text.casefold() for text in texts)]
        (came_in / "commentary").mkdir()
        stopped = 0
        for number in range(commentaries):
            said = {"words": f"Thanks go to {somebody(len(DOORS) + number)} for the room.", "by": "Head of service"}
            words = yaml.safe_dump({f"doors-{PERIOD}": said})
            (came_in / "commentary" / f"{PERIOD}.yml").write_text(words, encoding="utf-8")
            stopped += planted.publish(place, came_in, folder / "outputs", PERIOD, audiences=("board",)).refused
        return Published(printed, commentaries, stopped)
