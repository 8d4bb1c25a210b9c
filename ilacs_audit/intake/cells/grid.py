"""A sheet's cells as one array, blanks as ""."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Cells = npt.NDArray[np.object_]


def grid(rows: Sequence[Sequence[Any]]) -> Cells:
    """Rows as one array of cells, short ones filled with blanks."""
    width = max(map(len, rows), default=0)
    cells = np.full((len(rows), width), "", dtype=object)
    if width:
        cells[:, :] = [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows]
    return cells
