"""Records that may be one child's, for a person to say: a private sheet, written by one run and read by the next.

The sheet is blind. It shows neither how likely a pair is nor which register a value comes from, and its order and the
order within a pair hang on a keyed mark, so that nobody answers what the machine thinks.
"""

import csv
import io
from collections.abc import Iterable, Mapping

from ilacs_audit.disclosure.safe_text import inert_cell
from ilacs_audit.disk.writing import private_folder, read_json, write_json, write_whole
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.typed import read_yes_no, tidy
from ilacs_audit.intake.files.workbook import read_sheets
from ilacs_audit.intake.registers.hubs import Pair
from ilacs_audit.publishing.outputs import Outputs

PAIR, ANSWER = "Pair", "Same child? (yes, no, cannot tell)"
_HEADINGS = (PAIR, "Name", "Date of birth", "Other name", "Other date of birth", ANSWER)


def take_answers(outputs: Outputs) -> dict[str, str]:
    """Note what people said in the sheet, yes or no by the pair's id, and give all that they ever said.

    What is taken back in the sheet is taken back. Raises ReturnsError where the sheet cannot be read.
    """
    known: dict[str, str] = read_json(outputs.said, otherwise={})
    if not outputs.pairs.is_file():
        return known
    rows = read_sheets(outputs.pairs)[0].cells.tolist()
    if not rows or [tidy(cell) for cell in rows[0][:1]] != [PAIR] or ANSWER not in map(tidy, rows[0]):
        fix = "Give the columns their headings back, or delete the file: the next run writes it again."
        raise ReturnsError("The sheet of pairs has lost its headings.", where=outputs.pairs.name, fix=fix)
    place = [tidy(cell) for cell in rows[0]].index(ANSWER)
    said = {tidy(row[0]): read_yes_no(row[place])[0] for row in rows[1:]}
    after = {pair: answer for pair, answer in {**known, **said}.items() if answer in ("yes", "no")}
    if after != known:
        write_json(outputs.said, dict(sorted(after.items())))
    return after


def write_pairs(pairs: Iterable[Pair], outputs: Outputs, *, said: Mapping[str, str]) -> None:
    """Write the sheet with what was said of each pair already. Personal data, for its owner alone."""
    file = io.StringIO(newline="")
    sheet = csv.writer(file)
    sheet.writerow(_HEADINGS)
    for pair in sorted(pairs):
        sheet.writerow([inert_cell(each) for each in (pair.id, *pair.one, *pair.other, said.get(pair.id, ""))])
    private_folder(outputs.pairs.parent)
    write_whole(outputs.pairs, file.getvalue().encode("utf-8-sig"), mode=0o600)
