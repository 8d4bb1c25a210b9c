"""Which row of a sheet heads its table, and which column stands for what: one search for everything that comes in.

Returns, registers, lists of Annex A and case lists carry titles and notes above their table. The header is the row
whose cells name most of what is looked for.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import islice

import pandas as pd

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.grid import Cells

WITHIN = 10


def header_row(
    rows: Iterable[Iterable[str]], meaning: Callable[[str], Hashable | None], *, within: int = WITHIN
) -> tuple[int, int]:
    """The number of the row that names most things, the first of equals, and how many different things it names.

    >>> known = {"team": "team", "case id": "child_ref", "ref": "child_ref"}
    >>> header_row([["Open cases", ""], ["case id", "team"], ["12", "team"]], known.get)
    (1, 2)
    """
    named = [len({meaning(text) for text in row} - {None}) for row in islice(rows, within)]
    best = max(named, default=0)
    return (named.index(best) if named else 0), best


def column_places(
    header: Sequence[str], meaning: Callable[[str], str | None], *, where: str
) -> tuple[dict[str, int], list[str]]:
    """The place of each column that is known, and the headings of those that are not.

    Raises ReturnsError where two columns have one meaning: choosing one would be a guess.
    """
    places: dict[str, int] = {}
    strange: list[str] = []
    for place, heading in enumerate(header):
        column = meaning(heading)
        if column in places:
            told, fix = f"Two columns both read as '{column}'.", "Rename one of them."
            raise ReturnsError(told, where=f"{where}, column {heading}", fix=fix)
        if column:
            places[column] = place
        elif heading:
            strange.append(heading)
    return places, strange


def rows_under(cells: Cells, header: int, places: Mapping[str, int]) -> pd.DataFrame:
    """The cells of the known columns below the header, each row under its number in the file."""
    under = cells[header + 1 :]
    numbers = pd.RangeIndex(header + 2, header + 2 + len(under))
    return pd.DataFrame({column: under[:, place] for column, place in places.items()}, index=numbers, dtype=object)
