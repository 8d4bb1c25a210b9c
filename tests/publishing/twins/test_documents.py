"""Word files and PDFs of pages: what the page says, in its order, readable by those who hear it, and nothing more."""

import io
import re
import zipfile
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from ilacs_audit.domain.errors import StaleInputError, UsageError
from ilacs_audit.publishing.twins import pdf, word
from ilacs_audit.publishing.twins.blocks import Heading, Picture, Table, Words, read_page
from ilacs_audit.publishing.twins.documents import documents

MONTH = "2024-11"
NUMBER = re.compile(r"\d[\d,.]*")


@pytest.fixture(scope="module")
def folder(published):
    return published / "board" / MONTH


@pytest.fixture(scope="module")
def pages(folder):
    return {path.stem: read_page(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.html"))}


@pytest.fixture(scope="module")
def written(pages):
    """One page of each kind of drawing, and the front page, as Word files."""
    chosen = ("index", "dip-sample-referrals-2024-11", "thematic-plans", "timeliness")
    return {name: Document(io.BytesIO(word.made(pages[name]))) for name in chosen}


def words_of(document):
    """All that a Word file says, in order, the words of its pictures too."""
    body = document.element.body
    said = (each.text if each.tag == qn("w:t") else each.get("descr") for each in body.iter(qn("w:t"), qn("wp:docPr")))
    return " ".join(filter(None, said))


def test_every_page_has_one_title_and_headings_that_skip_no_level(pages):
    for name, page in pages.items():
        levels = [each.level for each in page.blocks if isinstance(each, Heading)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name


def test_what_a_page_shows_on_paper_stands_in_its_document_number_for_number(pages, folder):
    """Every number of the page's own open parts, read here by another way, is in the document as often or more."""
    for name, page in pages.items():
        html = BeautifulSoup((folder / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        for node in html.select("main details, main svg, .ia-near, .ia-screen, .ia-filter, .ia-narrowed, .ia-of-team"):
            node.decompose()
        for node in html.select("[aria-hidden=true]"):
            node.decompose()
        shown = NUMBER.findall(html.find("main").get_text(" "))
        told = NUMBER.findall(" ".join(map(_text_of, page.blocks)))
        assert not [each for each in {*shown} if told.count(each) < shown.count(each)], name


def _text_of(block):
    if isinstance(block, Table):
        return " ".join(
            [block.caption, *block.heads]
            + [
                " ".join([cell.text, *cell.small, *(each.alt for each in cell.pictures)])
                for row in block.rows
                for cell in row
            ]
        )
    return block.alt if isinstance(block, Picture) else "\n".join(block.each) if hasattr(block, "each") else block.text


def test_a_word_file_has_real_headings_and_tables_whose_header_is_repeated_and_told(written, pages):
    for name, document in written.items():
        headings = [each.text for each in document.paragraphs if each.style.name.startswith("Heading")]
        assert headings == [each.text for each in pages[name].blocks if isinstance(each, Heading)]
        for table in document.tables:
            about = table._tbl.tblPr
            looks = about.find(qn("w:tblLook"))
            assert (looks.get(qn("w:firstRow")), looks.get(qn("w:firstColumn"))) == ("1", "1")
            assert about.find(qn("w:tblCaption")).get(qn("w:val"))
            first = table.rows[0]._tr.trPr
            assert first.find(qn("w:tblHeader")) is not None


def test_every_picture_has_words_and_the_file_has_a_title_a_language_and_nobodys_name(written, pages):
    for name, document in written.items():
        told = [each.get("descr") for each in document.element.body.iter(qn("wp:docPr"))]
        assert all(told), name
        facts = document.core_properties
        assert (facts.title, facts.language, facts.author) == (pages[name].title, "en-GB", "")
    assert len([1 for each in written.values() for _ in each.element.body.iter(qn("wp:docPr"))]) > 40


def test_the_same_page_gives_the_same_bytes_in_both(pages):
    page = pages["dip-sample-referrals-2024-11"]
    assert word.made(page) == word.made(page)
    assert pdf.made(page) == pdf.made(page)


def test_a_pdf_is_tagged_as_pdf_ua_and_says_what_the_page_says(pages):
    """typst checks PDF/UA-1 and refuses what falls short; here the mark, the tags and the title are looked at."""
    for name in ("index", "dip-sample-referrals-2024-11", "thematic-plans"):
        made = PdfReader(io.BytesIO(pdf.made(pages[name])))
        root = made.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en-GB"
        assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
        assert made.metadata.title == pages[name].title
        text = " ".join(" ".join(each.extract_text() for each in made.pages).split())
        first = next(told for each in pages[name].blocks[1:] if (told := _text_of(each)))
        assert first[:40] in text


def test_words_that_a_document_could_take_for_its_own_signs_stay_words():
    html = '<title>T</title><main><h1>#let x = [1] "and" \\ $y$ *z* _w_ @a</h1><p>a &lt;b&gt; &amp; </p></main>'
    page = read_page(html)
    assert page.blocks == (Heading('#let x = [1] "and" \\ $y$ *z* _w_ @a', 1), Words("a <b> &"))
    assert "#let x = [1]" in words_of(Document(io.BytesIO(word.made(page))))
    assert "*z* _w_ @a" in PdfReader(io.BytesIO(pdf.made(page))).pages[0].extract_text()


def test_documents_are_written_of_the_pages_that_readers_have_and_of_no_other(published, tmp_path):
    outputs = _copy(published, tmp_path)
    made = documents(MONTH, outputs=outputs, only=["tracker"])
    assert [each.name for each in made] == ["tracker.docx", "tracker.pdf"]
    assert zipfile.is_zipfile(made[0])
    again = documents(MONTH, outputs=outputs, only=["surveys"], kinds=["word"])
    assert [each.name for each in again] == ["surveys.docx"]
    page = outputs / "board" / MONTH / "tracker.html"
    page.write_text(page.read_text(encoding="utf-8").replace("142", "143"), encoding="utf-8")
    with pytest.raises(StaleInputError, match="not the one that was published"):
        documents(MONTH, outputs=outputs, only=["tracker"])
    assert [each.name for each in again[0].parent.iterdir()] == ["surveys.docx"]


def _copy(published, tmp_path):
    outputs = tmp_path / "outputs"
    (outputs / "board" / MONTH).mkdir(parents=True)
    for path in (published / "board" / MONTH).iterdir():
        (outputs / "board" / MONTH / path.name).write_bytes(path.read_bytes())
    return outputs


def test_what_is_not_there_is_refused_in_one_sentence(published, tmp_path):
    with pytest.raises(StaleInputError, match="This edition is not there"):
        documents(MONTH, outputs=tmp_path)
    with pytest.raises(UsageError, match=r"There is no page 'trackr'.*Did you mean 'tracker'"):
        documents(MONTH, outputs=_copy(published, tmp_path), only=["trackr"])
    with pytest.raises(UsageError, match="There is no document 'odt'"):
        documents(MONTH, outputs=tmp_path, kinds=["odt"])
