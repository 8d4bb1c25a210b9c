"""The pages that display and the templates make, opened in a real browser."""

import re

import pytest

from tests.browser import paper
from tests.display import demo

PAGES = {"sample": demo.sample, "everything": demo.everything, "index": demo.index, "status": demo.status}


@pytest.fixture(scope="module", params=sorted(PAGES))
def page_file(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("pages") / f"{request.param}.html"
    path.write_text(PAGES[request.param](), encoding="utf-8")
    return path


def test_axe_finds_nothing_at_any_width_in_either_theme(reader, page_file):
    assert reader.barriers(page_file) == []


def test_the_page_asks_for_nothing_and_complains_of_nothing(reader, page_file):
    assert [reader.noises(page_file, scripts=each) for each in (True, False)] == [[], []]


def test_the_page_never_scrolls_sideways(reader, page_file):
    assert reader.overflows(page_file) == []


def test_the_pages_own_policy_stops_a_script(reader, page_file, tmp_path):
    spoiled = tmp_path / "spoiled.html"
    text = page_file.read_text(encoding="utf-8")
    spoiled.write_text(text.replace("</main>", "<script>document.title='ran'</script></main>"), encoding="utf-8")
    with reader.opened(spoiled) as page:
        assert page.title() != "ran"
        assert any("Content Security Policy" in message for message in page.messages)


@pytest.mark.parametrize("page_file", ["sample"], indirect=True)
def test_faint_words_are_found_where_contrast_is_read_once_a_look(reader, page_file, tmp_path):
    spoiled = tmp_path / "spoiled.html"
    text = page_file.read_text(encoding="utf-8")
    last = text.rindex("</p>")
    spoiled.write_text(f'{text[:last]} <span style="color: #999">faint</span>{text[last:]}', encoding="utf-8")
    assert reader.barriers(page_file, at=[(1280, "light")], alike=True) == []
    (fault,) = reader.barriers(spoiled, at=[(1280, "light")], alike=True)
    assert "color-contrast" in fault and "faint" in fault
    assert reader.barriers(spoiled, at=[(1280, "light")]) == [fault.replace(' data-look=""', "")]


@pytest.mark.parametrize("page_file", ["sample"], indirect=True)
def test_a_stacked_row_is_still_a_row_to_a_screen_reader(reader, page_file):
    with reader.opened(page_file, width=390) as page:
        tree = page.locator("table").first.aria_snapshot()
    assert re.search(r"row \"C5 A service manager agrees .* 7 of 19 .* Not met", tree)


@pytest.mark.parametrize("page_file", ["everything"], indirect=True)
def test_words_keep_their_size_in_a_drawing_on_a_phone(reader, page_file):
    with reader.opened(page_file, width=320) as page:
        sizes = page.eval_on_selector_all("svg text", "all => all.map(each => each.getBoundingClientRect().height)")
    assert min(size for size in sizes if size) >= 14


@pytest.mark.parametrize("page_file", ["everything"], indirect=True)
def test_no_words_in_a_drawing_leave_the_paper(reader, page_file):
    for width in (1280, 390, 320):
        with reader.opened(page_file, width=width) as page:
            outside = page.eval_on_selector_all(
                "svg text",
                "all => all.filter(each => { const box = each.getBoundingClientRect();"
                " return box.right > innerWidth || box.left < 0 }).map(each => each.textContent)",
            )
        assert outside == [], width


@pytest.mark.parametrize("page_file", ["sample"], indirect=True)
def test_forced_colours_reach_the_drawings(reader, page_file):
    with reader.opened(page_file, forced_colours="active") as page:
        colours = page.eval_on_selector_all(".ia-mark circle", "all => all.map(each => getComputedStyle(each).fill)")
        ink = page.evaluate("getComputedStyle(document.body).color")
    assert ink in colours


@pytest.mark.parametrize("page_file", ["sample"], indirect=True)
def test_it_prints_as_tables_on_few_pages(reader, page_file, tmp_path):
    printed = reader.pdf(page_file, tmp_path / "page.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 3


@pytest.mark.parametrize("page_file", ["everything"], indirect=True)
def test_a_row_over_two_leaves_and_a_heading_at_a_foot_are_found_on_a_page_without_our_rules(
    reader, page_file, tmp_path
):
    """The example's pages have neither; one that may break anywhere has a torn row at some length of its leaves."""
    loose = "<style>@media print{*{break-inside:auto!important;break-after:auto!important;break-before:auto!important}"
    text = page_file.read_text(encoding="utf-8")
    short = [f"@page{{size:A4;margin:{top}cm 13mm 3cm}}}}</style>" for top in (16, 16.4, 16.8, 17.2)]
    spoiled = [text.replace("</head>", f"{loose}{each}</head>") for each in short]
    (torn, lone), *others = (printed(reader, each, tmp_path) for each in (text, *spoiled))
    assert (torn, lone) == ([], [])
    assert any(torn for torn, _ in others)


def printed(reader, text, folder):
    """Rows over two leaves and headings at a foot, of a page printed on paper."""
    path = folder / "printed.html"
    path.write_text(text, encoding="utf-8")
    with reader.opened(path) as page:
        page.pdf(path=str(folder / "page.pdf"), prefer_css_page_size=True)
        return paper.faults(page, paper.leaves(folder / "page.pdf"))
