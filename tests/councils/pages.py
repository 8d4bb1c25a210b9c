"""A month of a council published for three audiences, and its pages held against the truth."""

import csv
import html
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from ilacs_audit.cli import main
from tests.councils.shapes import Audit, Council
from tests.councils.trial import CRASH, KEY, OTHER, REFUSED, Finding, expected
from tests.councils.writing import write
from tests.pages.reading import beyond
from tests.pages.stranger.edition import Reader
from tests.pages.stranger.known import unknown
from tests.pages.stranger.truth.councils import world_of

AUDIENCES = ("internal", "board", "public")
LEAKED, NO_PAGE = "a name or reference in a published file", "no page"
UNTRUE, NOT_READ = "untrue", "a stranger does not understand the pages"
LEAST_READ = 0.85
NOT_HELD = (  # pages that the truth of a council here says nothing of
    "form.html",  # it counts answers, and the truth holds what they meant
    "learning.html",  # it counts comments, and the truth holds none
    *("mirror.html", "programme.html"),  # they count lists, teams and refused returns, and the truth holds files
)
TEXTS = {".html", ".csv", ".json", ".txt"}


def publish(council: Council, folder: Path) -> list[Finding]:
    """Run the month as a person would; say everything that is not as it should be."""
    place, evidence = write(council, folder)
    outputs = folder / "outputs"
    chosen = [word for each in AUDIENCES for word in ("--audience", each)]
    told = ["--workspace", str(place), "--evidence", str(evidence), "--outputs", str(outputs), "--jobs", "1"]
    ended = CliRunner().invoke(main, ["run", council.period, *chosen, *told], env={"ILACS_AUDIT_KEY": KEY})
    if ended.exit_code:
        crashed = (ended.exception and not isinstance(ended.exception, SystemExit)) or "program itself" in ended.output
        return [Finding(CRASH if crashed else REFUSED, f"exit {ended.exit_code}", "", ended.output[-1500:])]
    pages = [outputs / each / council.period for each in AUDIENCES]
    counted = (each for page in pages for each in (*_counts(council, page), *_beyond(council, page)))
    return [*leaks(council, pages), *counted, *strange(council, outputs)]


def strange(council: Council, outputs: Path) -> Iterator[Finding]:
    """What a stranger who knows the truth finds untrue on the pages; and whether he understands them."""
    reader = Reader(world_of(council, as_of=date(2025, 3, 31)))
    for audience in AUDIENCES:
        told = reader.edition(outputs / audience / council.period, audience=audience, without=NOT_HELD)
        for each in unknown(told.untrue):
            yield Finding(UNTRUE, each.said, each.page, f"{each.value}, known is {each.known}: {each.text}")
        if told.share < LEAST_READ:
            yield Finding(NOT_READ, audience, "", f"{told.held} of {told.numbers}: {told.left[:10]}")


def leaks(council: Council, pages: list[Path]) -> Iterator[Finding]:
    for path in (path for page in pages for path in sorted(page.rglob("*")) if path.is_file()):
        text = published_text(path)
        for each in council.private:
            if each in text:
                yield Finding(LEAKED, path.suffix, path.name, f"{path.parent}: {each}")


def published_text(path: Path) -> str:
    """The words of a published file as its reader sees them."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            parts = [book.read(each).decode("utf-8", "replace") for each in book.namelist()]
        return html.unescape("\n".join(parts))
    return html.unescape(path.read_text(encoding="utf-8")) if path.suffix in TEXTS else ""


def _beyond(council: Council, page: Path) -> Iterator[Finding]:
    """Numbers of files that are more than the list of their audit holds."""
    sizes = {each.id: (each.entry.get("population") or {}).get("size") for each in council.audits}
    for path in sorted(page.glob("*.csv")):
        yield from (Finding(UNTRUE, "more files than are listed", path.name, str(told)) for told in beyond(path, sizes))


def _counts(council: Council, page: Path) -> Iterator[Finding]:
    for audit in council.audits:
        if audit.entry["period"] != council.period:
            continue
        found = [each for each in sorted(page.glob("*.csv")) if audit.id in each.name or _of_theme(audit, each)]
        if not found:
            yield Finding(NO_PAGE, audit.layout, audit.id, str(page))
        for each in found:
            yield from _held(audit, each)


def _of_theme(audit: Audit, path: Path) -> bool:
    """Whether this is the page of the audit's whole theme."""
    return path.name.startswith("thematic") and audit.theme.replace("_", "-") in path.name.replace("_", "-")


def _held(audit: Audit, path: Path) -> Iterator[Finding]:
    """Each count on a page that is not hidden is the truth."""
    answers = {(each.row, each.what) for each in audit.planted if each.costs == "answer"}
    files = expected(audit, answers, {each.row for each in audit.planted if each.costs == "row"})
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [each for each in csv.DictReader(file) if each["measure"] == "compliance" and each["group"] == "all"]
    told = {each["standard_id"]: each for each in rows if each["period"] == audit.entry["period"]}
    for standard in audit.standards:
        given = [dict(pairs)[standard.id] for (_, pairs) in files.elements() if standard.id in dict(pairs)]
        read = [each for each in given if each != "not applicable"]
        row = told.get(standard.id)
        if row is None:
            yield Finding(OTHER, "a page", audit.id, f"{path.name} does not tell {standard.id}")
        elif row["numerator"].isdigit() and row["denominator"].isdigit():
            truth = (sum(map(standard.meets, read)), len(read))
            if not _same(truth, row):
                yield Finding(OTHER, "a page", audit.id, f"{path}: {standard.id} is {truth}")


def _same(truth: tuple[int, int], row: dict[str, str]) -> bool:
    """Whether a page tells a count; for the public it may be rounded to five."""
    told = int(row["numerator"]), int(row["denominator"])
    return truth == told or (
        row["status"] == "rounded" and all(abs(a - b) < 3 for a, b in zip(truth, told, strict=True))
    )
