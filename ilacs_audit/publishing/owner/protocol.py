"""A draw on paper: the allocation for those who share out the work, and the protocol that proves it fair."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font

from ilacs_audit.analysis.draw import FLAGGED, THE_REST, Draw
from ilacs_audit.claims.sentences.draws.in_parts import two_phase_card
from ilacs_audit.claims.sentences.power import power_card
from ilacs_audit.claims.words import counted
from ilacs_audit.disclosure.safe_text import inert_cell
from ilacs_audit.disk.writing import private_folder, write_whole
from ilacs_audit.intake.registers.draws import BESIDE, ROLL_OUT, seal
from ilacs_audit.publishing.owner.fix_lists import saved
from ilacs_audit.publishing.pages import render


def save_draw(draw: Draw, folder: Path, *, name: str, **aim: Any) -> tuple[Path, Path]:
    """Write the allocation as a spreadsheet and the protocol as a page, in a private folder.

    `aim` is what the audit was meant to show, as `power_card` takes it: `target`, or `before` and `after`.
    """
    private_folder(folder)
    sheet, page = folder / f"{name}-allocation.xlsx", folder / f"{name}-protocol.html"
    write_whole(sheet, allocation_workbook(draw))
    write_whole(page, protocol_page(draw, **aim))
    return sheet, page


def allocation_workbook(draw: Draw) -> bytes:
    """The files drawn with their auditors, and the reserves in the order in which to use them.

    Files of a list without strata stand in the order in which chance drew them, which is the one to read them in.
    A second reader who knew the first grade would agree too often, so the files of a moderation have no stratum beside.
    """
    book = Workbook()
    allocation = book.active
    allocation.title = "Allocation"
    beside = [] if draw.evenly else ["stratum", "order"] if len(draw.strata) == 1 else ["stratum"]
    beside = ["together"] if draw.by != "file" else beside
    drawn = draw.allocation.sort_values(["auditor", "order" if "order" in beside else "child_ref"])
    shown = drawn[["auditor", "child_ref", "team", *beside]]
    _fill(allocation, shown.assign(check=[*_seals(shown)]))
    spare = draw.reserves[["stratum", "order", "child_ref", "team"]]
    _fill(book.create_sheet("Reserves"), spare.assign(check=[*_seals(spare)]))
    return saved(book)


def _seals(files: pd.DataFrame) -> Iterator[str]:
    """The letters by which a row that is changed afterwards is found."""
    for each in files.to_dict("records"):
        yield seal(each["child_ref"], *(each.get(name, "") for name in BESIDE))


def protocol_page(draw: Draw, **aim: Any) -> bytes:
    """What was drawn from what, by which rules and which seed; it names no child and no worker."""
    strata = draw.strata.to_dict("records")
    loads = draw.allocation["auditor"].value_counts()
    return render(
        "protocol.html.j2",
        draw=draw,
        strata=strata,
        card=_card(draw, **aim),
        told=[*drawn_words(draw)],
        undrawn=[each["stratum"] for each in strata if not each["drawn"]],
        size=len(draw.allocation),
        auditors=len(loads),
        most=int(loads.max()),
        least=int(loads.min()),
    )


def save_order(teams: Sequence[str], folder: Path, *, name: str, seed: int) -> Path:
    """Write the order in which teams are trained as a spreadsheet, with room for the day on which each was."""
    private_folder(folder)
    book = Workbook()
    _fill(book.active, pd.DataFrame({"order": range(1, len(teams) + 1), "team": list(teams), "trained_on": ""}))
    _fill(book.create_sheet("Seed"), pd.DataFrame({"seed": [seed]}))
    write_whole(path := folder / f"{name}-{ROLL_OUT}.xlsx", saved(book))
    return path


def drawn_words(draw: Draw) -> Iterator[str]:
    """What the design asks of the programme, and what it makes of files that hang together."""
    listed = draw.strata.set_index("stratum")["listed"].to_dict()
    drawn = draw.strata.set_index("stratum")["drawn"].to_dict()
    if draw.in_parts:
        parts = ", ".join(f"{{name: {each}, size: {listed[each]}, drawn: {drawn[each]}}}" for each in listed)
        yield f"Write in the programme: selection: two_phase, strata: [{parts}]."
    if draw.by != "file":
        each, of = draw.strata.iloc[0]["drawn"], draw.strata.iloc[0]["listed"]
        yield (
            f"{each} of {counted(int(of), draw.by)} were drawn, each with all files. Files that hang together tell "
            f"less, and ranges are wider for it. Write in the programme: selection: random, by: {draw.by}."
        )
    elif draw.families is not None and draw.in_parts:
        yield (
            f"All {listed[FLAGGED]:,} flagged children are read, brothers and sisters too: nothing was left to chance "
            f"there. Of families without a flagged child one child each was listed, by chance: {listed[THE_REST]:,}. "
            f"Write in the programme: population: size: {draw.families}, and that the list holds every flagged child "
            "and one child from each other family."
        )
    elif draw.families is not None:
        yield (
            f"One child of each family was listed, by chance: {draw.families:,} in all. Write in the programme: "
            f"population: size: {draw.families}, and that the list holds one child from each family."
        )
    else:
        yield (
            "The list names no families, so siblings may both be drawn. Ranges hold even so, because files were drawn "
            "one by one."
        )


def _card(draw: Draw, **aim: Any) -> Sequence[str]:
    """What so many files can show, by the way in which they were drawn."""
    size, population = len(draw.allocation), draw.listed - draw.excluded
    if draw.in_parts:
        flagged = int(draw.strata.loc[draw.strata["stratum"] == FLAGGED, "drawn"].sum())
        return [*two_phase_card(size, population=population, flagged=flagged, target=aim.get("target"))]
    return power_card(size, population=population, **aim).lines()


def _fill(sheet: object, table: pd.DataFrame) -> None:
    sheet.append([column.replace("_", " ").capitalize() for column in table.columns])  # type: ignore[attr-defined]  # openpyxl
    for row in table.itertuples(index=False):
        sheet.append([inert_cell(value) for value in row])  # type: ignore[attr-defined]  # openpyxl
    for cell in sheet[1]:  # type: ignore[index]  # openpyxl has no types
        cell.font = Font(bold=True)
