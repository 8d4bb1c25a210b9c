"""Undo every disguise a text can wear, so that a name is looked for once.

Case, accents, odd spaces, invisible letters, HTML and URL escapes, JSON escapes, tags in the
middle of a word and base64 all end as the same plain words. It is cheaper to undo them once
than to look for every variant of every name.
"""

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

_INVISIBLE = re.compile(
    "[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e\\u200b-\\u200f"
    "\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff]"
)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_BLOCK = re.compile(
    r"</?(?:p|li|td|th|tr|h\d|div|section|caption|figcaption|summary|text|title|desc|t|si|row|c)\b[^<>]*>|\n"
)
_DRAWING = re.compile(r"""\b(?:d|points|transform|viewBox)=(["'])[MmLlHhVvCcSsQqTtAaZzeE0-9.,\s+-]*\1""")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b")
_SIZES = "x|y|[xy][12]|[dcr][xy]|r|width|height|offset|stroke-width|font-size|min|max|ht|spans|[xy]Window"
_OF_THE_WRITER = (
    "windowWidth|windowHeight|count|uniqueCount|calcId|defaultThemeVersion|lastEdited|lowestEdited|rupBuild"
)
_MEASURE = re.compile(rf"""(?<=\s)(?:{_SIZES}|{_OF_THE_WRITER})=(["'])[0-9.,: +-]*\1""")
_BARE = re.compile(r"""=(["'])-?[0-9.]*\1""")
_LAYER = re.compile(r"\b(?:z-index|order|flex(?:-grow|-shrink)?|line-height|counter-\w+)\s*:\s*-?[0-9.]+(?![\w.])")
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL | re.IGNORECASE)
_FRACTION = re.compile(r"(?<![\d.])(\d+)\.\d{3,}(?![\d.])")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_LEGIBLE = re.compile(rb"(?:[\x20-\x7e]|[\xc3-\xc9][\x80-\xbf]|\xe1[\x80-\xbf]{2}){6,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){6,}")
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]")
_FIGURE = re.compile(r"(?![0-9])\d")
_STROKES = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
# Letters that look like others: those of Cyrillic, Greek, Armenian and phonetic writing in the Unicode Consortium's
# confusables.txt (TR39, as confusable-homoglyphs 3.3.1 packs it), and the small forms of the capitals among them.
_SEEN = """
АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ҮY ԌG ԚQ ԜW ѴV ӀI аa вb гr еe кk мm нh оo пn рp сc тt уy хx үy һh
ѕs іi јj ԁd ԛq ԝw ѵv ѡw ҽe ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC ϺM ͿJ αa βb γy εe ηn ιi κk νv οo ρp σo
τt υu χx ωw ϲc ϳj ՍU ՏS ՕO աw ոn սu օo ցg հh զq քf ɑa ɡg ɩi ɪi ʏy ᴄc ᴏo ᴜu ᴠv ᴡw ᴢz ꜱs
"""
_ALIKE = str.maketrans(
    {ord(pair[0]): pair[1] for pair in _SEEN.split()}
    | dict.fromkeys(map(ord, "ʼʻʹˈ′‘’"), "'")
    | dict.fromkeys(map(ord, "‐‑‒–−"), "-")
    | {ord(each): told for each, told in _STROKES.items()}
    | {ord(each.upper()): told.capitalize() for each, told in _STROKES.items() if each != "ı"}
)
_OTHERS = re.compile(rf"[{''.join(map(chr, _ALIKE))}]|{_FIGURE.pattern}")
_LONG = 100
_WHOLE_FILE = 400  # so long a run of base64 is a file of its own and starts where it seems to


def words(text: str) -> list[str]:
    """The plain words of a text that has been unescaped: small letters, no accents, no signs.

    >>> words("Zoë O’Brien_2")
    ['zoe', 'o', 'brien', '2']
    """
    return _WORD.findall(plain(text))


def plain(text: str) -> str:
    """Small letters without accents, compatibility forms, look-alikes of other alphabets or invisible letters."""
    return bare(text).casefold()


def bare(text: str) -> str:
    """The plain letters and figures of a text, capitals kept.

    >>> bare("Zoë O’Brien"), bare("Јаyden, \uff13\uff18")  # the first two letters are Cyrillic
    ("Zoe O'Brien", 'Jayden, 38')
    """
    if text.isascii():
        return text
    whole = _MARKS.sub("", unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)))
    if not _OTHERS.search(whole):
        return whole
    return _FIGURE.sub(lambda figure: str(unicodedata.decimal(figure[0])), whole.translate(_ALIKE))


def unescaped(text: str) -> str:
    """Undo HTML, URL and JSON escapes, twice over, because escapes are often escaped again."""
    for _ in range(2):
        text = html.unescape(text) if "&" in text else text
        text = unquote(text) if "%" in text else text
        text = _ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), text) if "\\" in text else text
    return _INVISIBLE.sub("", text) if not text.isascii() else text


def without_drawing(text: str) -> str:
    """Leave out the sizes, places, colours and counts of a file's format, and decimal places: they are not words.

    In a sentence a number after # is no colour: "case #104217".
    """
    if "<" in text:
        text = _STYLE.sub(lambda style: _LAYER.sub(" ", _COLOUR.sub(" ", style[0])), text)
        text = _TAG.sub(_without_format, text)
    return _FRACTION.sub(r"\1", text)


def _without_format(tag: re.Match[str]) -> str:
    return _COLOUR.sub(" ", _MEASURE.sub(" ", _DRAWING.sub(" ", tag[0])))


def without_numbers(text: str) -> str:
    """The text of a part that no evidence reaches, such as the theme of a workbook: no attribute that is a number."""
    return _TAG.sub(lambda tag: _BARE.sub("=", tag[0]), text)


def apart(text: str) -> tuple[str, str]:
    """The text that a reader sees, with a new line for every tag, and the tags with their attributes."""
    return _TAG.sub("\n", text), "\n".join(_TAG.findall(text))


def sentences(text: str) -> Iterator[str]:
    """The sentences that a reader of a page sees, each without its tags."""
    for block in _BLOCK.split(unescaped(text)):
        yield from re.split(r"(?<=[.!?]) +(?=[^\W\d_a-z])", _TAG.sub("", block))


def without_blobs(text: str) -> str:
    """Leave out long runs of base64, in which any short pattern turns up by chance."""
    return _BASE64.sub(lambda run: " " if len(run[0]) >= _LONG else run[0], text)


def decoded(text: str) -> Iterator[tuple[str, bool]]:
    """What base64 in a text says, at every alignment, and whether all of it was legible."""
    for run in set(_BASE64.findall(text)):
        for shift in range(4 if len(run) < _WHOLE_FILE else 1):
            yield from _read(run.rstrip("=")[shift:])


def legible(content: bytes) -> str:
    """The readable stretches of a binary file, also those written with two bytes a letter."""
    wide = [run.replace(b"\0", b"") for run in _WIDE.findall(content)]
    return "\n".join(run.decode("utf-8", "ignore") for run in (*_LEGIBLE.findall(content), *wide))


def _read(run: str) -> Iterator[tuple[str, bool]]:
    run = run[: len(run) - 1] if len(run) % 4 == 1 else run
    try:
        content = base64.b64decode(run.replace("-", "+").replace("_", "/") + "=" * (-len(run) % 4))
    except (binascii.Error, ValueError):
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and text.replace("\n", " ").replace("\t", " ").isprintable():
        yield text, True
    elif len(run) >= _LONG or len(content) >= 12:
        found = legible(content)
        if found:
            yield found, False
