"""What a printed page has torn apart: rows over two leaves, headings alone at a leaf's foot, and last lines at a head.

The words of each leaf are read out of the PDF, and held against the words of each row and heading on the page.
"""

import re
import unicodedata

from pypdf import PdfReader

_NUMBERING = re.compile(r"^(?:OFFICIAL-SENSITIVE)?Page\d+of\d+|Page\d+of\d+(?:OFFICIAL-SENSITIVE)?$")
_BEGINS = 20  # letters that tell a last line, as a leaf may part a long one
_WORDS = "all => all.filter(each => each.getClientRects().length).map(each => [...each.{}].map(it => it.{}).join(' '))"
ROWS = _WORDS.format("children", "innerText")
HEADINGS = _WORDS.format("childNodes", "textContent")
CODES = "all => all.filter(each => each.getClientRects().length).map(each => each.innerText)"  # beside the words
OPENINGS = _WORDS.format("querySelectorAll(':scope>h2,:scope>p:has(~figure)')", "textContent")


def leaves(pdf):
    """The words of each leaf without blanks, ligatures, marking and page number."""
    return [_NUMBERING.sub("", _bare(leaf.extract_text())) for leaf in PdfReader(pdf).pages]


def faults(page, leaves):
    """The rows that stand on no leaf whole; headings, captions and verdicts that end one, last lines that begin one."""
    page.emulate_media(media="print")
    codes = {*page.eval_on_selector_all(".ia-ref", CODES)} - {""}
    leaves = [_without(codes, leaf) for leaf in leaves]
    rows = page.eval_on_selector_all("tbody tr", ROWS)
    headings = page.eval_on_selector_all("h1, h2, h3, caption, thead tr", HEADINGS)
    headings += page.eval_on_selector_all(".ia-part:has(>p+figure)", OPENINGS)
    last_lines = page.eval_on_selector_all("footer, .ia-part>p+.ia-key", ROWS.replace("...each.children", "each"))
    page.emulate_media(media="null")
    torn = [row for row in rows if not any(_without(codes, _bare(row)) in leaf for leaf in leaves)]
    alone = [each for each in headings if any(leaf.endswith(_bare(each)) for leaf in leaves)]
    return torn, alone + [each for each in last_lines if any(leaf.startswith(_bare(each)[:_BEGINS]) for leaf in leaves)]


def _without(codes, words):
    """The words without the codes of figures, which stand in a corner of their row."""
    return re.sub("|".join(map(re.escape, sorted(codes))), "", words) if codes else words


def _bare(words):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))
