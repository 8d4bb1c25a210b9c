r"""What SharePoint writes into the cells of a list: marks for what a name may not hold, and numbers before names.

A header is `Case_x0020_Ref`, cut after 32 letters; a person is `12;#Priya Nandra`. Read as they stand, one person
would be two, and no header would be known.
"""

import re

from ilacs_audit.intake.cells.grid import Cells

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CUT = re.compile(r"_(?:x[0-9A-Fa-f]{0,4})?\d?$")
_LOOKUP = re.compile(r"^(?:\d+|string|float|datetime|boolean)?;#", re.IGNORECASE)
_LONGEST = 32
_ENDING = 2  # a second column of the same beginning has a number behind it


def unlisted(cells: Cells) -> Cells:
    """The cells with every mark of a list read; the given array where there is none."""
    flat = cells.ravel().tolist()
    odd = [n for n, cell in enumerate(flat) if isinstance(cell, str) and ("_x" in cell or ";#" in cell)]
    if odd:
        told = cells.ravel().copy()
        told[odd] = [plain(flat[n]) for n in odd]
        cells = told.reshape(cells.shape)
    return cells


def plain(text: str) -> str:
    """A cell as a person would write it; a header that was cut ends in an ellipsis.

    >>> plain("Child_x0027_s_x0020_reference"), plain("12;#Priya Nandra"), plain(";#East;#West;#")
    ("Child's reference", 'Priya Nandra', 'East; West')
    >>> plain("Is_x0020_the_x0020_chronology_x0")
    'Is the chronology…'
    """
    if _LOOKUP.match(text):
        return _looked_up(text)
    if not _ESCAPE.search(text):
        return text
    cut = _LONGEST <= len(text) <= _LONGEST + _ENDING
    whole = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return f"{_CUT.sub('', whole).rstrip()}…" if cut else whole


def _looked_up(text: str) -> str:
    """The names of a look-up without their numbers; of a person what stands before the address."""
    first, *rest = text.split(";#")
    told = rest[::2] if first.isdigit() else rest
    return "; ".join(each.split(",#")[0].strip() for each in told if each.strip())
