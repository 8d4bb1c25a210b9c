"""A council's own improvement plan, from its inspection's list of points: an area a point, and proposals to confirm.

What is quoted is written as it is; what we propose is a comment until a person takes the # away.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten

from ilacs_audit.claims.words import count_of, counted, listed
from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.plan import read_plan
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import Theme
from ilacs_audit.intake.points import Point, read_points
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.intake.yaml_files import parse_yaml, read_text
from ilacs_audit.publishing.timetable import Planned, load_timetable

PLAN = Path("data") / "plan.yml"
_TITLE = 70  # letters
_GENERIC = re.compile(
    r"a|an|and|are|at|be|by|care|child|children|do|did|for|from|how|in|is|of|on|or|our|own|people|quality|section|so|"
    r"social|support|the|their|they|to|was|were|what|which|with|work|young|family|families|actions|timeliness"
)
_ITEMS = re.compile(r"[,.;]? (?:specifically|including|in particular|particularly),? ", re.I)
_HEAD = """\
# yaml-language-server: $schema=schemas/plan.json
# The improvement plan: an area a point of "What needs to improve", as {source} quotes it.
# Lines that begin "# themes", "# reports", "# items" and "#   -" are proposals: take the "# " away where you agree.
# An audit speaks to an area whose `themes` hold its theme, or whose code its protocol names (`areas` in
# programme.yml); a page on a register to the area whose `reports` name it. A complete area needs `impact_on`.
areas:
"""

OFSTEDS = "national framework"  # what each tag says that inspectors gave in 2026


@dataclass(frozen=True)
class _Proposed:
    themes: tuple[str, ...]
    reports: tuple[str, ...]
    words: tuple[str, ...]
    items: tuple[str, ...]


def new_plan(points: Path, *, workspace: Workspace, council: str = "", replace: bool = False) -> tuple[str, ...]:
    """Write `data/plan.yml` of a workspace from an inspection's points, and say what speaks to each area.

    Nothing is written where the workspace has areas already, unless it is asked to `replace` them, or where its
    programme names areas that the new plan does not have. Raises UsageError then.
    """
    found, path = read_points(points, council=council), workspace.root / PLAN
    codes = {f"A{number}" for number in range(1, len(found.points) + 1)}
    _refuse_standing(path, workspace, codes, replace=replace)
    proposed = [_proposed(workspace, each) for each in found.points]
    areas = (
        _area(f"A{number}", point, ours)
        for number, (point, ours) in enumerate(zip(found.points, proposed, strict=True), start=1)
    )
    text = _HEAD.format(source=found.report or points.name) + "".join(areas)
    read_plan(parse_yaml(text, file=PLAN.name), file=PLAN.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())
    many = count_of(len(found.points), len(found.points))
    return f"{many} points placed, an area each.", *_speaks(workspace, proposed), *found.remarks


def has_areas(path: Path) -> bool:
    """Whether a plan with areas is there; the empty one of a new workspace is none."""
    standing = parse_yaml(read_text(path), file=path.name) if path.is_file() else None
    return bool(standing.get("areas") if isinstance(standing, dict) else standing)


def _refuse_standing(path: Path, workspace: Workspace, codes: set[str], *, replace: bool) -> None:
    if has_areas(path) and not replace:
        fix = "Add --replace to put the new plan in its place. Nobody keeps the old one, so copy it first."
        raise UsageError("The workspace has an improvement plan already.", where=PLAN.as_posix(), fix=fix)
    named = {code: audit.id for audit in _audits(workspace) for code in audit.areas if code not in codes}
    if named:
        what = f"Audits name areas that this plan does not have: {', '.join(sorted(named))}."
        fix = f"Correct `areas` of {listed(sorted(set(named.values())))}, or take it away, and run it again."
        raise UsageError(what, where="data/programme.yml", fix=fix)


def _audits(work: Workspace) -> Sequence[Audit]:
    return work.programme.audits if (work.root / "data" / "programme.yml").is_file() else ()


def _themes(work: Workspace) -> Sequence[Theme]:
    return work.standards.themes if (work.root / "data" / "standards").is_dir() else ()


def _reports(work: Workspace) -> Mapping[str, Planned]:
    """The pages on registers of a workspace."""
    path = work.root / "reports.yml"
    return {name: each for name, each in load_timetable(path).items() if each.registers} if path.is_file() else {}


def _proposed(work: Workspace, point: Point) -> _Proposed:
    """The themes and pages on registers whose name a point holds, by its words, and the items that it lists."""
    words = _telling(point.text)
    themes = {each.id: _shared(words, each.id, each.title, half=True) for each in _themes(work)}
    reports = {name: _shared(words, name) for name in _reports(work)}
    by = dict.fromkeys(word for found in (*themes.values(), *reports.values()) for word in found)
    named, pages = (tuple(name for name, found in each.items() if found) for each in (themes, reports))
    return _Proposed(named, pages, tuple(by), _items(point.text))


def _telling(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", text.casefold()) if not _GENERIC.fullmatch(word)]


def _shared(words: Sequence[str], *names: str, half: bool = False) -> list[str]:
    """The words of a point in which the telling words of a name are found, all of them or at least `half`."""
    for name in (part for each in names for part in re.split(r" and |: |, ", each.replace("_", " "))):
        asked = _telling(name)
        found = {mine: word for mine in asked for word in words if _alike(mine, word)}
        if found and len(found) >= len(asked) / (2 if half else 1):
            return list(found.values())
    return []


def _alike(one: str, other: str) -> bool:
    """Whether two words have one stem: planning and plans, fostering and fostered, and not consent and consistency."""
    need = max(4, min(len(one), len(other)) - 2)
    return one.rstrip("s") == other.rstrip("s") or (min(len(one), len(other)) > 4 and one[:need] == other[:need])


def _items(text: str) -> tuple[str, ...]:
    """What a point lists after "specifically" or "including", where it lists several things."""
    parts = _ITEMS.split(text, maxsplit=1)
    listing = re.split(r"; |, and |, (?=the )|, ", parts[1].rstrip(".")) if len(parts) == 2 else []
    return tuple(f"{each[:1].upper()}{each[1:]}" for each in listing if each) if len(listing) > 1 else ()


def _title(text: str) -> str:
    """A short title: the first clause, cut at a word."""
    first = re.split(r"[.;]|, (?:so that|including|specifically|building)|, in particular", text)[0].strip()
    return shorten(first.removeprefix("The ")[:1].upper() + first.removeprefix("The ")[1:], _TITLE, placeholder=" …")


def _area(code: str, point: Point, ours: _Proposed) -> str:
    said = [f"  - id: {code}", f"    title: {_quoted(_title(point.text))}", f"    needs: {_quoted(point.text)}"]
    by = "ofsted" if OFSTEDS in point.tag.casefold() else "council"  # any other tag is somebody's own
    said += [f"    framework: {{quoted: {_quoted(point.tag)}, by: {by}}}"] if point.tag else []
    said += [f"    # Proposed from the words {listed(ours.words)}; to confirm:"] if ours.words else []
    said += [f"    # themes: [{', '.join(ours.themes)}]"] if ours.themes else []
    said += [f"    # reports: [{', '.join(ours.reports)}]"] if ours.reports else []
    said += ["    # items:"] if ours.items else []
    said += [f"    #   - {{id: {code}.{n}, title: {_quoted(each)}}}" for n, each in enumerate(ours.items, start=1)]
    return "\n".join(said) + "\n"


def _quoted(text: str) -> str:
    """A text in the double quotes of YAML, which are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _speaks(work: Workspace, proposed: Sequence[_Proposed]) -> Iterator[str]:
    """A line an area: the standards, audits and registers that would speak to it, or that no data was supplied."""
    known = _reports(work)
    there = {name for name, each in known.items() if not work.registers.isdisjoint(each.registers)}
    for number, ours in enumerate(proposed, start=1):
        themes = [each for each in _themes(work) if each.id in ours.themes]
        told = [f"{counted(len(each.standards), 'standard')} of {each.title}" for each in themes]
        told += [f"the audit {each.id}" for each in _audits(work) if each.theme in ours.themes]
        told += [
            f"the page {name}{'' if name in there else ' (its register is not here yet)'}" for name in ours.reports
        ]
        yield f"A{number}: {'proposed, to confirm: ' + listed(told) if told else 'no data supplied'}."
