"""How much printed text a cell may leave behind.

A notebook that prints in a loop can fill memory, disk and the page. A million characters is
far more than anyone reads, and what is beyond is counted instead of kept.
"""

from nbformat import NotebookNode

MOST_CHARACTERS = 1_000_000


def shortened(text: str, *, printed: int | None = None) -> str:
    """The text if it is short enough, otherwise its beginning and a note of how much is left out.

    Shortening twice changes nothing. `printed` is the whole length where only the beginning
    of the text was kept.

    >>> shortened("all of it")
    'all of it'
    """
    length = len(text) if printed is None else printed
    if length <= MOST_CHARACTERS:
        return text
    kept = MOST_CHARACTERS - 100
    return f"{text[:kept]}\n[{length - kept} more characters were printed here and not kept]\n"


def stream(name: str, text: str, *, printed: int | None = None) -> NotebookNode:
    """The output that holds printed text."""
    text = shortened(text, printed=printed)
    return NotebookNode(output_type="stream", name=name, text=text)  # type: ignore[no-untyped-call]  # nbformat
