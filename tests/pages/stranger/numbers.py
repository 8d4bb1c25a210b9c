"""Single numbers: each pattern, column and row with what is known of the thing that it counts."""

from __future__ import annotations

import re

from tests.pages.stranger import counted
from tests.pages.stranger.counted import Known, constant, course, of_team
from tests.pages.stranger.piece import Reading, whole


def _course_of_column(reading: Reading, found: re.Match) -> set | None:
    return course(reading, found, "sessions" if reading.block.column.startswith("Sessions") else "people")


FILES = r"(?:files|requests|enquiries|referrals|workers|children|cases|records|plans|assessments|visits|families)"
V = (
    r"critical failure|not met|met|cannot tell|cannot be told|no verdict|have no verdict|has no verdict|"
    r"not shown|too small to show"
)
TABLE: tuple[tuple[str, str, Known], ...] = (
    (
        "what luck can bring to one of all",
        r"⟦[\w-]+⟧ went from [^:]*: (\d+) points? (?:more|less)(?:, or (\d+) points? if (?:all (\d+)|both|the one) "
        r"missing [^;]*)?; luck could bring (\d+) points?",
        counted.among_all,
    ),
    (
        "odds of luck",
        r"Compare (\d+) standards with counts like these and luck makes [^.]*? about (\d+) times? in 100",
        counted.odds,
    ),
    (
        "what luck makes of them",
        r"Compare (\d+) standards that have not changed, and luck makes about (?P<many>\w+) look",
        counted.expected,
    ),
    (
        "what luck can bring",
        r"wo rounds of (\d[\d,]*) and (\d[\d,]*) \w+ can differ by (\d+) points? by luck alone; "
        r"[^.;]*? is (\d+) points?",
        counted.luck,
    ),
    ("places where a critical standard failed", r"in (\d+) places a critical standard failed", counted.places),
    ("standards with a round before", r"Of (\d+) standards with a round before, (\d+) can be", counted.alike),
    ("asked of officers", r"Already asked of officers: (\d+)", counted.of_officers),
    ("also asked of officers", r"Also asked of officers: (\d+)", counted.also_of_officers),
    ("returns that never came", r"(\d+) agency returns never came", counted.not_come),
    ("families", r"Of (\d+) families who were asked, (\d+) answered", counted.families),
    ("missing answers", r"(?<![\w.])(\d+)(?: answers?| files?)?(?: are| is)? missing(?!-)", counted.missing),
    ("missing answers", r"the (\d+) missing", counted.missing),
    ("missing answers", r"(\d+) \w+ (?:was|were) not read; ranges", counted.missing),
    ("files not applicable", r"(?<!\w)(\d+) not applicable", counted.not_applicable),
    ("auditors", r"by (\d+) auditors?", counted.auditors),
    ("the list", r"(?:from|of) (?:a list of )?(\d[\d,]*) (?:in scope|on the list)", counted.listed),
    ("marked down", r"(\d+)(?: were| was)? marked down", counted.marked),
    ("marked up", r"(?<=down, )(\d+) up|(\d+) marked up", counted.marked),
    (
        "files without a grade",
        r"(\d+) (?:files|requests|enquiries)(?: that were)?(?: drawn)? have no grade",
        counted.no_grade,
    ),
    ("target", r"[Tt]arget(?: is|:| of)? (\d+)%", counted.target),
    ("confidence", r"(\d+)% (?:interval|confidence|range)", counted.interval),
    (
        "files that would tell",
        r"(\d[\d,]*) files (?:in each round )?(?:would|to) tell|take (?:about )?(\d[\d,]*) files",
        counted.files_to_tell,
    ),
    ("next round", r"(?:re-audit|round|audit)[^.;]{0,60}?(?:of|,|at|with) (\d+) files", counted.next_size),
    ("fewest and most files", rf"rests? on (\d+) to (\d+) {FILES}", counted.rests_on),
    ("people reached", r"(\d[\d,]*) (?:people|workers|staff)", lambda r, f: course(r, f, "people")),
    ("people reached", r"(\d[\d,]*) (?:before this round|during it)", _course_of_column),
    ("agencies", r"(\d+) agencies", counted.agencies),
    ("sessions", r"(\d+) sessions", lambda r, f: course(r, f, "sessions")),
    ("standards that cannot be compared", r"(\d+) (?:more|others?) cannot be compared", counted.all_standards),
    ("standards", r"(?<!of )(?<!of the )(?<![\w.])(\d+) standards(?! with counts)", counted.all_standards),
    ("other standards", rf"(?<!\w)(\d+) others? standards? (?:is|are|has|have) (?P<word>{V})", counted.others),
    ("other standards", r"[Oo]n (\d+) (?:other standards )?(?P<word>we cannot tell)", counted.others),
    ("verdicts", rf"(?<![\w.])(\d+)(?: (?:is|are|has|have))? (?P<word>{V})", counted.verdicts),
    ("standards", r"(?:any|all|each|none) of (?:the )?(\d+) standards", counted.all_standards),
    ("missing answers that would turn it", r"(\d+) of them (?:could|would) turn", counted.would_turn),
    ("confidence", r"interval at (\d+)%", counted.interval),
    ("confidence", r"lies about (\d+) times in (\d+)", constant((19, 20))),
    ("confidence", r"about (\d+) range in (\d+)", constant((1, 20))),
    ("no change", r"range of a change holds (\d+),", constant(0)),
    ("the least for a percentage", r"fewer than (\d+) files make no", constant(10)),
    ("rounding", r"nearest (\d+)\b", constant(5)),
    ("ruled out", r"improvement of (\d+) points or more is ruled out", constant(10)),
    ("ruled out", r"(?:fall|rise) of (\d+) points or more is ruled out", counted.ruled_out),
    ("a worthwhile difference", r"worthwhile (?:difference|change) is (\d+) points", constant(10)),
    ("moderated", r"[Ff]ewer than (\d+)% (?:of the files )?were read again", constant(10)),
    ("rises that could be shown", r"rise of (?:about )?(\d+) to (\d+) points", counted.rises),
    ("a rise that could be shown", r"rise of (?:about |at least )?(\d+) points", counted.rise),
    ("lower end", r"(\d[\d,]*) or more of the (\d[\d,]*)", counted.limit),
    ("next round", rf"(\d+) {FILES} booked for", counted.next_size),
    ("the list", r"[Ll]ikely range of (\d[\d,]*)", counted.listed),
    ("a design", r"change of (\d+) points needs", constant(10)),
    ("a design", r"needs (\d+) to (\d+) in each round", counted.designs),
    ("a design", r"needs (\d+) in each round", counted.designs),
    ("next round", r"(?:re-audit of|[Nn]ext round,) (\d+)", counted.next_size),
    ("the list", r"reading all (\d[\d,]*)", counted.listed),
    ("next round", rf"(?<=\d{{4}} )(\d+) {FILES}", counted.next_size),
    ("files read", rf"(?:from|on) (?:all )?(\d[\d,]*) {FILES}", counted.files),
    ("set aside", r"(?<!\w)(\d+) (?:repeated )?(?:files?|rows?|answers?|moderations?|grades?)\b", counted.aside),
    ("percentage", r"(?<![\w.+-])(\d+)%", counted.percent),
    ("audits", r"(?<!\w)(\d+) audits?\b", counted.audits),
)
COLUMNS: tuple[tuple[str, str, Known], ...] = (
    ("target", r"^Target$", counted.target),
    ("sessions", r"^Sessions$", lambda r, f: course(r, f, "sessions")),
    ("people reached", r"^People reached", lambda r, f: course(r, f, "people")),
    ("booked", r"^Booked", lambda r, f: course(r, f, "booked")),
)
LINES: tuple[tuple[str, str, Known], ...] = (
    ("people reached", r"^reach", lambda r, f: course(r, f, "people") or _team_of_line(r)),
    ("sessions", r"^sessions", lambda r, f: course(r, f, "sessions")),
    ("booked", r"^booked", lambda r, f: course(r, f, "booked")),
    ("auditors", r"^auditors", counted.auditors),
)


def _team_of_line(reading: Reading) -> set | None:
    team = re.search(r"⟦team:([^⟧]+)⟧", reading.block.line)
    if not team:
        return None
    found = re.match(r".*⟦team:(?P<team>[^⟧]+)⟧", reading.block.line)
    return of_team(reading, found)


def numbers(reading: Reading) -> None:
    """Every single number that is left."""
    text, block = reading.text, reading.block
    for found in re.finditer(r"⟦team:(?P<team>[^⟧]+)⟧ (?P<k>\d+)(?=;|$| \()", text):
        reading.judge(*found.span(), int(found["k"]), of_team(reading, found), "people of a team")
    for what, column, known in COLUMNS:
        if re.search(column, block.column) and (found := re.fullmatch(r"(\d[\d,]*)%?", text)):
            reading.judge(*found.span(), whole(found[1]), known(reading, found), what)
    if block.column == "Count" and (found := re.fullmatch(r"(\d[\d,]*)", text)):
        for what, line, known in LINES:
            if re.match(line, block.line):
                reading.judge(*found.span(), whole(found[1]), known(reading, found), what)
    for what, pattern, known in TABLE:
        for found in re.finditer(pattern, text):
            spans = [found.span(place) for place, each in enumerate(found.groups(), 1) if each and each[0].isdigit()]
            if (
                not spans
                or not reading.free(spans[0][0], spans[-1][1])
                or (block.kind == "text" and what == "percentage")
            ):
                continue
            said = [whole(text[a:b]) for a, b in spans]
            value = said[0] if len(said) == 1 else tuple(said)
            reading.judge(spans[0][0], spans[-1][1], value, known(reading, found), what)
