"""The executed notebook, brought to one form.

What differs between two runs of the same notebook on the same data is taken out: times,
durations, random cell names, process numbers, absolute paths of our own, and where the chunks of
printed text happened to be cut. What is left depends on the notebook and its data only, so
the same run gives the same bytes on either route, this year or next.
"""

import platform
import re
from itertools import groupby

from nbformat import NotebookNode

# ipykernel names a cell's code after the process that ran it: /tmp/ipykernel_4711/123.py
# The folder before it is given a length, or a long line without a space would take minutes.
_CELL_FILE = re.compile(r"[^\s'\"(]{0,200}ipykernel_\d+[/\\](\d+)\.py")
_OWN_METADATA = ("parameters", "version")
MOST_CHARACTERS = (
    1_000_000  # far more than anyone reads; what is beyond is counted, or a loop could fill memory, disk and page
)


def stream(name: str, text: str, *, printed: int | None = None) -> NotebookNode:
    """The output that holds printed text: its beginning and how much is left out, where it is long.

    Shortening twice changes nothing. `printed` is the whole length where only the beginning of the text was kept.

    >>> stream("stdout", "all of it").text
    'all of it'
    """
    length, kept = len(text) if printed is None else printed, MOST_CHARACTERS - 100
    if length > MOST_CHARACTERS:
        text = f"{text[:kept]}\n[{length - kept} more characters were printed here and not kept]\n"
    return NotebookNode(output_type="stream", name=name, text=text)  # type: ignore[no-untyped-call]  # nbformat


def settled(notebook: NotebookNode, *, authored: set[str]) -> NotebookNode:
    """The same notebook without anything that changes from run to run.

    `authored` holds the identifiers of the cells that the author wrote; those that papermill
    added are named after their place.
    """
    for position, cell in enumerate(notebook.cells):
        _settle_cell(cell, added_at=None if cell.get("id") in authored else position)
    said = notebook.metadata.get("papermill", {})
    notebook.metadata["papermill"] = {name: said[name] for name in _OWN_METADATA if name in said}
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    # What a kernel says about its language; nbconvert colours code by it.
    notebook.metadata["language_info"] = {
        "name": "python",
        "version": platform.python_version(),
        "mimetype": "text/x-python",
        "codemirror_mode": {"name": "ipython", "version": 3},
        "pygments_lexer": "ipython3",
        "nbconvert_exporter": "python",
        "file_extension": ".py",
    }
    return notebook


def _settle_cell(cell: NotebookNode, *, added_at: int | None) -> None:
    cell.metadata.pop("papermill", None)
    cell.metadata.pop("execution", None)
    if added_at is not None and "id" in cell:
        cell["id"] = f"added-{added_at}"
    if cell.cell_type == "code":
        cell["outputs"] = _joined(cell.outputs)
        for output in cell.outputs:
            if output.output_type == "stream":
                output["text"] = _same_file(output.text)
            elif output.output_type == "error":
                output["traceback"] = [_same_file(line) for line in output.traceback]


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs with neighbouring pieces of printed text put together, standard output first."""
    whole: list[NotebookNode] = []
    for printed, pieces in groupby(outputs, key=lambda output: output.output_type == "stream"):
        found = list(pieces)
        names = sorted({each.name for each in found}, reverse=True) if printed else []
        whole += [stream(name, "".join(each.text for each in found if each.name == name)) for name in names] or found
    return whole


def _same_file(text: str) -> str:
    return _CELL_FILE.sub(r"cell-\1.py", text) if "ipykernel_" in text else text
