"""A workspace of audits with a round before, from counts, with the notebooks that are published."""

import csv
import shutil
from pathlib import Path

import yaml

from ilacs_audit.intake.workspace import load_workspace

ROOT = Path(__file__).parents[2]
CODES = {"visits": "VIS", "plans": "PLN", "consent": "CON", "s47": "S47"}
BEFORE, NOW = "2024-09", "2024-11"


def make(place, themes=("visits", "plans"), *, standards=1):
    """A workspace without returns: an audit of each theme in September, and a re-audit of it in November."""
    (place / "data" / "standards").mkdir(parents=True)
    (place / "data" / "evidence" / "returns").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", place / "notebooks")
    shutil.copy(ROOT / "reports.yml", place)
    for name in ("plan.yml", "bank_holidays.csv"):
        shutil.copy(ROOT / "data" / name, place / "data")
    for theme in themes:
        _yaml(place / "data" / "standards" / f"{theme}.yml", _theme(theme, standards))
    audits = [_audit(theme, month) for month in (BEFORE, NOW) for theme in themes]
    _yaml(place / "data" / "programme.yml", {"audits": audits})
    _yaml(place / "data" / "evidence" / "authority.yml", {"name": "Rounds", "example": True})
    return place


def send(place, theme, month, teams, *, prefix=1):
    """Put a return in place: team -> (met, not met) of its files, or a list of these for each standard."""
    path = place / "data" / "evidence" / "returns" / f"{theme} {month}.csv"
    codes = [each["text"] for each in _theme(theme, _standards(place, theme))["standards"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["Case ID", "Team", "Date of audit", *codes])
        number = 0
        for team, counts in teams.items():
            each = [counts] * len(codes) if isinstance(counts, tuple) else counts
            for place_in_team in range(sum(each[0])):
                number += 1
                words = ["Yes" if place_in_team < met else "No" for met, _ in each]
                lines.writerow([f"{prefix}{month[-2:]}{number:04}", team, f"04/{month[-2:]}/2024", *words])


def publish(place, *, period=NOW, audiences=("board",), **options):
    """Run a month of such a workspace."""
    from ilacs_audit.publishing.run.batch import run

    return run(period, workspace=load_workspace(place), outputs=place / "outputs", audiences=audiences, **options)


def _standards(place, theme):
    told = yaml.safe_load((place / "data" / "standards" / f"{theme}.yml").read_text(encoding="utf-8"))
    return len(told["standards"])


def _theme(theme, standards):
    shared = {"version": 1, "target": "0.8", "critical": False, "kind": "quality", "records": "recorded"}
    shared |= {"scale": "yes_no", "applies_to": "some files", "areas": ["A2"]}
    shared |= {"source": {"kind": "local", "text": "Our own standard"}}
    code = CODES[theme]
    told = [
        {"id": f"{code}-{each}", "text": f"{theme} asked {each}", "plain": f"{theme} asked {each}", **shared}
        for each in range(1, standards + 1)
    ]
    about = {"theme": theme, "title": theme.capitalize(), "question": f"Are {theme} right?", "edition": 1}
    return {**about, "areas": ["A2"], "unit": "file", "standards": told}


def _audit(theme, month):
    number = int(month[-2:])
    entry = {"id": f"{theme}-{month}", "title": f"{theme.capitalize()} audit", "theme": theme, "kind": "thematic"}
    entry |= {"period": month, "on": f"2024-{number:02}-04", "until": f"2024-{number:02}-08", "edition": 1}
    entry |= {"population": {"list": f"Open {theme}"}, "selection": "random", "returns": [f"{theme} {month}*"]}
    return entry | ({"baseline": f"{theme}-{BEFORE}"} if month == NOW else {})


def _yaml(path, content):
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
