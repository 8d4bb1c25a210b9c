"""A council of eight services and one team outside them, with one audit of theirs: small enough for seconds."""

import csv
import shutil
from pathlib import Path

import yaml

from ilacs_audit.intake.workspace import load_workspace
from tests.publishing import rounds

NOW = rounds.NOW
SERVICES = (
    "Front door",
    "Assessment",
    "Safeguarding",
    "Fostering",
    "Adoption",
    "Disabilities",
    "Leaving care",
    "Court",
)
OUTSIDE = "Kinship"
FILES = {**dict.fromkeys(SERVICES, 12), OUTSIDE: 8}
TITLES = {name.casefold().replace(" ", "-"): name for name in SERVICES}
PAGE = "thematic-visits"


def make(place, files=FILES, services=None, *, grades=None):
    """A workspace: `files` of each team, each service a team unless told otherwise; `grades` by the row of a file."""
    rounds.make(place, themes=("visits",))
    programme = yaml.safe_load((place / "data" / "programme.yml").read_text(encoding="utf-8"))
    for audit in programme["audits"]:
        audit.pop("baseline", None)
    kept = {"audits": [each for each in programme["audits"] if each["period"] == NOW]}
    (place / "data" / "programme.yml").write_text(yaml.safe_dump(kept), encoding="utf-8")
    (place / "reports.yml").write_text(
        "thematic:\n  each: {theme: all}\noverview:\n  title: Is practice good enough for children?\n", encoding="utf-8"
    )
    told = {name: [title] for name, title in TITLES.items()} if services is None else services
    authority = {"name": "Rounds", "example": True, "services": told}
    (place / "data" / "evidence" / "authority.yml").write_text(yaml.safe_dump(authority, sort_keys=False))
    send(place, files, grades=grades or {})
    return place


def send(place, files, *, grades=None):
    """Put the return in place: a row a file, three of four of which met the standard."""
    path = place / "data" / "evidence" / "returns" / f"visits {NOW}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["Case ID", "Team", "Date of audit", "visits asked 1", "Overall grade"])
        rows = [(team, number) for team, many in files.items() for number in range(many)]
        for row, (team, number) in enumerate(rows, start=2):
            met = "No" if number % 4 == 3 else "Yes"
            lines.writerow([f"1{row:06}", team, "04/11/2024", met, (grades or {}).get(row, "Good")])


def publish(place, *audiences, **options):
    """Run the month."""
    from ilacs_audit.publishing.run.batch import run

    asked = audiences or ("service",)
    return run(NOW, workspace=load_workspace(place), outputs=place / "outputs", audiences=asked, **options)


def shared(place, name):
    """The folder of an edition."""
    return place.joinpath("outputs", *name.split(":"), NOW)


def bytes_of(place, name):
    """The files of an edition that readers have."""
    return {path.name: path.read_bytes() for path in sorted(shared(place, name).iterdir())}


def copied(made: Path, place: Path) -> Path:
    """The same workspace in a folder of a test's own."""
    return Path(shutil.copytree(made, place))
