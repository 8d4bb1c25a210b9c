"""A draw on paper: the allocation for those who share out the work, and the protocol that proves it fair."""

from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font

from ilacs_audit.analysis.draw import Draw
from ilacs_audit.claims.sentences.power import power_card
from ilacs_audit.disclosure.safe_text import inert_cell
from ilacs_audit.disk.writing import private_folder, write_whole
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
    drawn = draw.allocation.sort_values(["auditor", "order" if "order" in beside else "child_ref"])
    _fill(allocation, drawn[["auditor", "child_ref", "team", *beside]])
    _fill(book.create_sheet("Reserves"), draw.reserves[["stratum", "order", "child_ref", "team"]])
    return saved(book)


def protocol_page(draw: Draw, **aim: Any) -> bytes:
    """What was drawn from what, by which rules and which seed; it names no child and no worker."""
    strata = draw.strata.to_dict("records")
    loads = draw.allocation["auditor"].value_counts()
    return render(
        "protocol.html.j2",
        draw=draw,
        strata=strata,
        card=power_card(len(draw.allocation), population=draw.listed - draw.excluded, **aim).lines(),
        undrawn=[each["stratum"] for each in strata if not each["drawn"]],
        size=len(draw.allocation),
        auditors=len(loads),
        most=int(loads.max()),
        least=int(loads.min()),
    )


def _fill(sheet: object, table: pd.DataFrame) -> None:
    sheet.append([column.replace("_", " ").capitalize() for column in table.columns])  # type: ignore[attr-defined]  # openpyxl
    for row in table.itertuples(index=False):
        sheet.append([inert_cell(value) for value in row])  # type: ignore[attr-defined]  # openpyxl
    for cell in sheet[1]:  # type: ignore[index]  # openpyxl has no types
        cell.font = Font(bold=True)
