"""What a printed page has torn apart: rows over two leaves, headings alone at a leaf's foot.

The words of each leaf are read out of the PDF, and held against the words of each row and heading on the page.
"""

import re
import unicodedata

from pypdf import PdfReader

_NUMBERING = re.compile(r"^(?:OFFICIAL-SENSITIVE)?Page\d+of\d+|Page\d+of\d+(?:OFFICIAL-SENSITIVE)?$")
_WORDS = "all => all.filter(each => each.getClientRects().length).map(each => [...each.{}].map(it => it.{}).join(' '))"
ROWS = _WORDS.format("children", "innerText")
HEADINGS = _WORDS.format("childNodes", "textContent")


def leaves(pdf):
    """The words of each leaf without blanks, ligatures, marking and page number."""
    return [_NUMBERING.sub("", _bare(leaf.extract_text())) for leaf in PdfReader(pdf).pages]


def faults(page, leaves):
    """The rows that stand on no leaf whole, and the headings and captions that end a leaf."""
    page.emulate_media(media="print")
    rows = page.eval_on_selector_all("tbody tr", ROWS)
    headings = page.eval_on_selector_all("h1, h2, h3, caption, thead tr", HEADINGS)
    page.emulate_media(media="null")
    torn = [row for row in rows if not any(_bare(row) in leaf for leaf in leaves)]
    return torn, [each for each in headings if any(leaf.endswith(_bare(each)) for leaf in leaves)]


def _bare(words):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))
