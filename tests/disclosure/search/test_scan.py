"""The last boundary: canaries in every place and every disguise are found, clean pages pass."""

import base64
import gzip
import html
import io
import json
import zipfile
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from ilacs_audit.disclosure.search.scan import scan

NAMES = (
    "Anna Jones",
    "Zoë O'Brien",
    "Mary-Kate Adeyemi",
    "Will Young",
    "Łukasz van der Berg",
    "Priya Kaur",
    "NM-004217",
)
PATTERNS = {
    "NHS number": ("943 476 5919", "9434765919", "943-476-5919"),
    "UPN": ("A123456789012",),
    "postcode": ("NM4 7QX", "nm4 7qx", "NM47QX", "NM4\u00a07QX"),
    "e-mail": ("anna.jones@example.org",),
    "phone number": ("01632 960123", "07700 900123", "+44 7700 900123", "(01632) 960 123"),
}
CLEAN = """<!doctype html><html lang="en-GB"><head><title>Thematic audit, November 2024</title>
<style>.met{color:#ada;background:#1a2b3c}#may-x{width:10234px}</style></head><body><main>
<p>24 of 30 files met the standard (80%, 95% confidence interval 62% to 91%). Between 71 and 99 of 110 children.
The young people will be seen in May. Mark what rose: hope and grace. Area A4, rule D7, standard CIN-07 v2.</p>
<svg viewBox="0 0 943 476"><path d="M 9434765919.5 10 L 943 476 5919 10"/><text x="12.34567">met</text></svg>
<table><tr><th scope="row">Duty &amp; Assessment 1</th><td>[c]</td><td>2024-11-18</td></tr></table>
<img alt="" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk">
</main></body></html>"""


def disguises(name):
    """A name as people and programs write it."""
    first, *rest = name.split(" ")
    yield "as written", name
    yield "capitals", name.upper()
    yield "small letters", name.lower()
    yield "spaces", "  ".join(name.split(" "))
    yield "no-break space", name.replace(" ", "\u00a0")
    yield "zero-width", "\u200b".join(name)
    yield "soft hyphen", name[:2] + "\u00ad" + name[2:]
    yield "right-to-left mark", "\u202b" + name + "\u202c"
    yield "apostrophe and hyphen", name.replace("'", "\u2019").replace("-", "\u2011")
    yield "without signs", name.replace("'", "").replace("-", " ")
    yield "underscores", name.replace(" ", "_")
    yield "wide letters", "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    yield "html", html.escape(name)
    yield "html numbers", "".join(f"&#{ord(c)};" for c in name)
    yield "html numbers in hexadecimal", "".join(f"&#x{ord(c):x};" for c in name)
    yield "url", quote(name)
    yield "url plus", quote_plus(name)
    yield "url of every letter", "".join(f"%{b:02X}" for b in name.encode())
    yield "url twice", quote(quote(name))
    yield "json", json.dumps(name)
    yield "json numbers", "".join(f"\\u{ord(c):04x}" for c in name)
    yield "tags inside", f"<b>{name[:2]}</b>{name[2:]}"
    yield "cells", f"<td>{'</td><td>'.join(name.split(' '))}</td>"
    if rest:
        yield "reversed", f"{rest[-1]}, {' '.join([first, *rest[:-1]])}"
        yield "reversed without comma", f"{' '.join(rest)} {first}"
    for shift in range(3):
        yield f"base64 shifted by {shift}", base64.b64encode(b";=,"[:shift] + name.encode() + b" end").decode()
    yield "base64 for addresses", base64.urlsafe_b64encode(name.encode()).decode()
    yield "base64 twice", base64.b64encode(base64.b64encode(name.encode())).decode()
    yield "base64 glued on", "ab" + base64.b64encode(b" " + name.encode() + b" ").decode()


def archive(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def places(name):
    """Files of every kind with the name in a corner."""
    escaped = html.escape(name)
    yield "title.html", CLEAN.replace("November", escaped).encode()
    yield "alt.html", CLEAN.replace("</main>", f'<img alt="{escaped}"></main>').encode()
    yield "comment.html", CLEAN.replace("</main>", f"<!-- {name} --></main>").encode()
    yield (
        "script.html",
        CLEAN.replace("</main>", f"<script>let a = 1 < 2, b = {json.dumps(name)}</script>").encode(),
    )
    yield "style.html", CLEAN.replace("#may-x", f'[title="{name}"]').encode()
    yield "chart.svg", f"<svg><desc>{escaped}</desc><metadata/></svg>".encode()
    yield "run.json", json.dumps({"parameters": {"who": name}}).encode()
    yield "page.ipynb", json.dumps({"cells": [{"source": ["x"], "outputs": [{"text": [name]}]}]}).encode()
    yield "measures.csv", f"team,n\n{name},5\n".encode("utf-16")
    yield "run.log", f"2024-11-01 ERROR no such file /home/{name.replace(' ', '.')}/a.xlsx\n".encode()
    yield "book.xlsx", archive(**{"xl/sharedStrings.xml": f"<si><t>{escaped}</t></si>"})
    yield "comments.xlsx", archive(**{"xl/comments1.xml": f"<t>see {escaped}</t>"})
    yield "sheet.xlsx", archive(**{"xl/workbook.xml": f'<sheet name="{escaped}" state="veryHidden"/>'})
    yield "props.docx", archive(**{"docProps/core.xml": f"<dc:creator>{escaped}</dc:creator>"})
    yield "runs.docx", archive(**{"word/document.xml": f"<w:t>{escaped[:1]}</w:t></w:r><w:r><w:t>{escaped[1:]}</w:t>"})
    yield "header.docx", archive(**{"word/header1.xml": f"<w:t>{escaped}</w:t>"})
    yield "note.docx", archive(**{"word/comments.xml": f'<w:comment w:author="{escaped}"/>'})
    yield "field.docx", archive(**{"word/document.xml": f"<w:instrText>AUTHOR {escaped}</w:instrText>"})
    yield "own.docx", archive(**{"docProps/custom.xml": f"<vt:lpwstr>{escaped}</vt:lpwstr>"})
    yield "link.docx", archive(**{"word/_rels/document.xml.rels": f'Target="file:///C:/{quote(name)}/a.docx"'})
    yield "member.zip", archive(**{f"returns/{name}.txt": "nothing"})
    yield "within.zip", archive(**{"inner.xlsx": archive(**{"xl/s.xml": f"<t>{escaped}</t>"})})
    yield "log.gz", gzip.compress(name.encode())
    yield "chart.png", b"\x89PNG\r\n\x1a\n\x00\xff\xfe\x80" + b"tEXtAuthor\x00" + name.encode() + b"\x00\xff"
    yield f"{name} report.html", CLEAN.encode()


def test_at_least_two_hundred_canaries_in_every_disguise_are_found():
    planted = [(name, how, told) for name in NAMES for how, told in disguises(name)]
    texts = [CLEAN.replace("</main>", f"<p>Seen with {told} today</p></main>") for _, _, told in planted]
    found = set(scan(texts, NAMES)["file"])
    missed = [(name, how) for place, (name, how, _) in enumerate(planted, start=1) if f"text {place}" not in found]
    print(f"{len(planted)} canaries in disguise, {len(missed)} missed")
    assert (len(planted) >= 200, missed) == (True, [])


def test_a_canary_in_every_place_of_every_file_is_found(tmp_path):
    planted = [(name, file, content) for name in NAMES for file, content in places(name)]
    missed = []
    for name, file, content in planted:
        (tmp_path / file).write_bytes(content)
        missed += [(name, file)] if scan(tmp_path / file, NAMES).empty else []
        (tmp_path / file).unlink()
    print(f"{len(planted)} canaries in corners of files, {len(missed)} missed")
    assert (len(planted) >= 170, missed) == (True, [])


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, each in PATTERNS.items() for text in each])
def test_a_number_or_address_of_nobody_we_know_is_found_by_its_form(kind, text):
    assert kind in set(scan(CLEAN.replace("24 of 30", f"ring {text} about 24 of 30"), [])["kind"])


def test_clean_pages_give_no_finding(tmp_path):
    (tmp_path / "clean.html").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "clean.xlsx").write_bytes(archive(**{"xl/sheet1.xml": CLEAN}))
    names = [*NAMES, "May", "Rose", "Will", "Mark", "Hope", "Grace", "Young", "Ada", "1023", "4217", "30"]
    assert scan(tmp_path, names).to_dict("records") == []


def test_an_ordinary_word_is_found_only_within_the_full_name():
    assert scan(["Will it be seen?"], ["Will", "Will Okafor"]).empty
    assert not scan(["WILL  OKAFOR was seen"], ["Will", "Will Okafor"]).empty


def test_a_short_number_is_a_reference_only_after_a_word_that_says_so():
    assert scan(["4217 files"], ["4217"]).empty
    assert not scan(["see case 4217"], ["4217"]).empty


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<rect x="104217" width="104217" fill="#104217"/>', False),
        ('<td style="color:#104217">3</td>', False),
        ("<style>.met{color:#104217;z-index:104217}</style>", False),
        ('<sst count="104217" uniqueCount="104217">', False),
        ('<calcPr calcId="104217"/>', False),
        ('<i data-x="104217">', True),
        ('<sheet name="104217"/>', True),
        ("<style>/* 104217 */</style>", True),
        ("<script>let child = 104217</script>", True),
        ("<p>Case #104217 was late.</p>", True),
        ('"who","#104217"', True),
    ],
)
def test_a_number_of_the_form_is_nobody_and_one_that_could_be_content_is(text, found):
    assert scan([text], ["104217"]).empty != found


@pytest.mark.parametrize("part", ["xl/theme/theme1.xml", "xl/styles.xml"])
def test_the_numbers_of_the_look_of_a_workbook_are_nobody_but_a_name_there_is_found(part, tmp_path):
    (tmp_path / "look.xlsx").write_bytes(archive(**{part: '<a:gs pos="104217"><a:tint val="104217"/></a:gs>'}))
    assert scan(tmp_path, ["104217"]).empty
    (tmp_path / "look.xlsx").write_bytes(archive(**{part: '<a:theme name="Case 104217"/>'}))
    assert not scan(tmp_path, ["104217"]).empty


def test_a_finding_never_repeats_what_was_found(tmp_path):
    (tmp_path / "Anna Jones.html").write_text("Anna Jones, anna.jones@example.org", encoding="utf-8")
    told = " ".join(scan(tmp_path, NAMES).astype(str).to_numpy().ravel()).lower()
    assert "anna" not in told.replace(str(tmp_path).lower(), "")


def test_folders_are_searched_through(tmp_path):
    (tmp_path / "deep" / ".hidden").mkdir(parents=True)
    (tmp_path / "deep" / ".hidden" / "a.txt").write_text("Priya Kaur", encoding="utf-8")
    assert list(scan([tmp_path], NAMES)["kind"]) == ["identifier"]
    assert isinstance(tmp_path, Path)
