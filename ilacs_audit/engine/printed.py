"""How much printed text a cell may leave behind.

A notebook that prints in a loop can fill memory, disk and the page. A million characters is
far more than anyone reads, and what is beyond is counted instead of kept.
"""

from nbformat import NotebookNode

MOST_CHARACTERS = 1_000_000


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
