"""A whole council from a seed: its catalogue, its audits and their rows, then the faults, then the sheets."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from tests.councils import words
from tests.councils.faults import FAULTS, add_footer
from tests.councils.layouts import LAYOUTS, WITHOUT_COMMENT, teams_of
from tests.councils.shapes import NOT_APPLICABLE, SCALES, Audit, Council, Place, Planted, Row, Standard

HEADERS = {
    "child_ref": ("Case ID", "Child's reference", "Mosaic no", "LCS number", "Child ref"),
    "child_name": ("Child's name", "Name of child"),
    "team": ("Team", "Which team?", "Service / team"),
    "worker": ("Social worker", "Allocated worker", "Worker's name"),
    "auditor": ("Auditor", "Audited by", "Your name"),
    "audited_on": ("Date of audit", "Audit date", "Date completed"),
    "comment": ("Comments", "Anything else?", "Summary of strengths"),
}
SPOKEN = {
    "yes": ("Yes", "YES", "Y", "yes"),
    "partly": ("Partly", "Partially"),
    "no": ("No", "NO", "N", "no"),
    "met": ("Met", "met"),
    "partly met": ("Partly met", "Partially met"),
    "not met": ("Not met", "NOT MET"),
    "outstanding": ("Outstanding",),
    "good": ("Good", "good"),
    "requires improvement": ("Requires improvement", "RI", "Requires improvement to be good"),
    "inadequate": ("Inadequate",),
    NOT_APPLICABLE: ("N/A", "n/a", "NA", "Not applicable"),
}
PERIOD, EARLIER = "2025-03", "2024-11"
Names = tuple[str, ...]
ALL_LAYOUTS, ALL_FAULTS = tuple(LAYOUTS), tuple(FAULTS)


def make(seed: int, *, layouts: Names = ALL_LAYOUTS, faults: Names = ALL_FAULTS, themes: int = 3) -> Council:
    """The council of a seed, of at most so many themes, with these layouts and these faults at most."""
    chance = Random(seed)
    audits, entries = [], []
    for theme in chance.sample(words.THEMES, chance.randint(1, themes)):
        standards = _standards(theme, chance)
        entries.append(_theme(theme, standards))
        audits += _audits(theme, standards, chance, layouts)
    for audit in audits:
        _finish(audit, chance, faults)
    council = Council(seed, PERIOD, audits, entries, _columns(audits), _commentary(audits, chance), {})
    council.draws.update(_draws(audits, chance, missing=bool(faults)))
    return council


def _standards(theme: Any, chance: Random) -> tuple[Standard, ...]:
    _, _, code, _, sentences = theme
    scale = chance.choice(list(SCALES))
    chosen = chance.sample(sentences, chance.randint(3, min(len(sentences), 8)))
    style = chance.choice(("text", "id", "numbered", "short"))
    return tuple(
        Standard(
            f"{code.strip('-. ')}-{place}", text, scale, _header(style, f"{code.strip('-. ')}-{place}", place, text)
        )
        for place, text in enumerate(chosen, 1)
    )


def _header(style: str, name: str, place: int, text: str) -> str:
    short = f"{' '.join(text.split()[:5]).rstrip(',:;')} ({place})"
    return {"text": text, "id": name, "numbered": f"{place}. {text}", "short": short}[style]


def _theme(theme: Any, standards: tuple[Standard, ...]) -> dict[str, Any]:
    name, title, _, question, _ = theme
    shared = {"version": 1, "target": "0.8", "critical": False, "kind": "quality", "records": "recorded"}
    shared |= {"applies_to": "some files", "areas": ["A2"], "source": {"kind": "local", "text": "Our own standard"}}
    listed = [
        {"id": each.id, "text": each.text, "plain": each.text, "scale": each.scale.replace("_only", ""), **shared}
        for each in standards
    ]
    return {"theme": name, "title": title, "question": question, "edition": 1, "areas": ["A2"], "standards": listed}


def _audits(theme: Any, standards: tuple[Standard, ...], chance: Random, layouts: Names) -> list[Audit]:
    kind = chance.choice(("dip_sample", "thematic"))
    fields = {each: chance.choice(HEADERS[each]) for each in HEADERS if each != "child_name" or chance.random() < 0.5}
    spoken = {level: chance.choice(ways) for level, ways in SPOKEN.items()}
    latest = _audit(theme, PERIOD, kind, standards, fields, spoken, chance.choice(layouts), chance)
    if chance.random() < 0.6:
        return [latest]
    before = _audit(theme, EARLIER, kind, standards, fields, spoken, chance.choice(layouts), chance)
    latest.entry["baseline"] = before.id
    return [before, latest]


def _audit(
    theme: Any,
    period: str,
    kind: str,
    standards: tuple[Standard, ...],
    fields: Mapping[str, str],
    spoken: Mapping[str, str],
    layout: str,
    chance: Random,
) -> Audit:
    rows = _rows(standards, period, chance)
    title = f"{theme[1]} audit"
    selection = chance.choice(("random", "stratified", "auditor_choice", "census", "unknown"))
    listed = {"list": "Children open on the first of the month"}
    if selection == "census":
        listed["size"] = len(rows)
    elif chance.random() < 0.7:
        listed["size"] = len(rows) + chance.randint(5, 90)
    year, month = map(int, period.split("-"))
    entry = {
        "id": f"{theme[0].replace('_', '-')}-{period}",
        "title": title,
        "theme": theme[0],
        "kind": kind,
        "period": period,
        "on": date(year, month, 3),
        "until": date(year, month, 21),
        "population": listed,
        "selection": selection,
        "intended": len(rows),
        "edition": 1,
        "returns": [f"{title} {period}*"],
    }
    if layout == "workbook_an_auditor":
        entry["returns"] = [f"{title} {period}/*.xlsx"]
    if layout in WITHOUT_COMMENT:
        fields = {name: each for name, each in fields.items() if name != "comment"}
    return Audit(entry["id"], title, theme[0], entry, standards, fields, spoken, layout, rows)


def _rows(standards: tuple[Standard, ...], period: str, chance: Random) -> list[Row]:
    year, month = map(int, period.split("-"))
    size, style = chance.randint(6, 22), chance.choice(("seven", "zeros", "letters"))
    teams = chance.sample(words.TEAMS, chance.randint(2, 4))
    people = chance.sample([f"{one} {two}" for one in words.WORKER_FIRST for two in words.WORKER_LAST], 11)
    workers, auditors = {team: people[3 + 2 * place : 5 + 2 * place] for place, team in enumerate(teams)}, people[:3]
    refs = chance.sample(range(1_000_000, 9_999_999), size)
    rows = []
    for number in range(size):
        team = teams[number % len(teams)] if number < len(teams) else chance.choice(teams)
        child = f"{chance.choice(words.FIRST)} {chance.choice(words.LAST)}"
        day = date(year, month, min(chance.randint(3, 21), monthrange(year, month)[1]))
        ref = {"seven": f"{refs[number]}", "zeros": f"00{refs[number]}", "letters": f"LCS-{refs[number]}-{number:02}"}[
            style
        ]
        answers = {each.id: _answer(each, chance) for each in standards}
        if list(answers.values()).count(NOT_APPLICABLE) * 3 > len(answers):
            answers = {each.id: each.levels[0] for each in standards}
        comment = chance.choice(words.COMMENTS)
        comment = f"{comment} See page {number + 2}." if len(comment) > 3 else comment
        rows.append(
            Row(number, ref, child, team, chance.choice(workers[team]), chance.choice(auditors), day, answers, comment)
        )
    return rows


def _answer(standard: Standard, chance: Random) -> str:
    if chance.random() < 0.1:
        return NOT_APPLICABLE
    best = standard.levels[0] if standard.scale != "scaling" else chance.choice(standard.levels[:4])
    return best if chance.random() < 0.6 else chance.choice(standard.levels)


def _finish(audit: Audit, chance: Random, faults: Names) -> None:
    """Plant faults, lay the rows out, and note where each fault then stands."""
    for name in chance.sample(faults, chance.randint(0, min(4, len(faults)))):
        planted = FAULTS[name](audit, chance)
        if planted:
            audit.planted.append(planted)
    audit.sheets = LAYOUTS[audit.layout](audit, chance)
    for each in audit.planted:
        if each.kind == "footer":
            add_footer(audit, chance)
            last = audit.sheets[-1]
            each.places = (Place(last.file, last.name, len(last.lines), 1),)
        else:
            each.places = _places(audit, each)


def _places(audit: Audit, planted: Planted) -> tuple[Place, ...]:
    return tuple(
        Place(sheet.file, sheet.name, down, across)
        for sheet in audit.sheets
        for down, line in enumerate(sheet.lines, 1)
        for across, cell in enumerate(line, 1)
        if cell.key and cell.key.what == planted.what and planted.row in (None, cell.key.row)
    )


def _columns(audits: list[Audit]) -> Mapping[str, Any]:
    """What `check --learn` would have been told of these forms, so that a refusal is never a header's fault."""
    fields: dict[str, list[str]] = {}
    asked: dict[str, list[str]] = {}
    for audit in audits:
        for what, head in audit.fields.items():
            fields.setdefault(what, [])
            fields[what] += [head] * (head not in fields[what])
        for each in audit.standards:
            asked.setdefault(each.id, [])
            asked[each.id] += [each.header] * (each.header not in asked[each.id])
    answers = {"yes": ["y"], "no": ["n"], "partly": ["partially"], "partly met": ["partially met"]}
    answers |= {NOT_APPLICABLE: ["n/a", "na"], "requires improvement": ["RI", "requires improvement to be good"]}
    teams = {team: [] for audit in audits for team in teams_of(audit)}
    return {"fields": fields, "standards": asked, "answers": answers, "teams": teams}


def _commentary(audits: list[Audit], chance: Random) -> Mapping[str, Any]:
    chosen = [each for each in audits if str(each.entry["period"]) == PERIOD and chance.random() < 0.5]
    return {
        each.id: {"words": chance.choice(words.HARMLESS), "by": "Quality assurance lead", "decisions": ["None."]}
        for each in chosen
    }


def _draws(audits: list[Audit], chance: Random, *, missing: bool) -> Mapping[str, list[list[str]]]:
    """The allocation of some audits; where a return is missing, the draw knows one file more than came back."""
    found = {}
    for audit in audits:
        if chance.random() < 0.6 or audit.layout == "workbook_an_auditor":
            continue
        real = [each for each in audit.rows if each.copy_of is None]
        lines = [["child_ref", "team", "auditor"], *([each.ref, each.team, each.auditor] for each in real)]
        if missing and chance.random() < 0.4:
            lines.append(["7700123" if real[0].ref.isdigit() else "LCS-7700123-99", real[0].team, real[0].auditor])
            audit.entry["intended"] += 1
            listed = audit.entry["population"]
            if "size" in listed:
                listed["size"] = max(listed["size"], audit.entry["intended"])
            audit.planted.append(Planted("missing_return", costs="nothing"))
        found[audit.id] = lines
    return found
