"""Every page of the example, for every audience and for its owner, opened as a reader would.

The owner's pages (status, fix list, protocol of a draw, a pack of the gym) are made by the commands that make them.

What is sampled, because axe takes seconds for each page, width and theme: every page of the
board's edition is read at 1280 px in the light theme; five of them again, one in each other
pair of width and theme. Of the other two editions, which the same notebooks make, every third
page is read, in one pair after the other, with the one on forms, which only the internal one
has. Each of the owner's pages is read in all six. Contrast is read once for all words of a page
that look alike. All else (requests, messages, sideways scrolling, keyboard, print, colours) is
tried on the same pages. `--everything` leaves nothing out.
"""

import re
from dataclasses import dataclass
from itertools import cycle, zip_longest

import pytest
from click.testing import CliRunner

from ilacs_audit.cli import main
from tests.browser import paper
from tests.browser.conftest import EVERYWHERE
from tests.conftest import ROOT
from tests.graders import played

READERS = ("internal", "board", "public")
AUDIENCES = (*READERS, "owner")
FOCUSABLE = "a[href], summary, select, [tabindex='0']"
HEAVIEST = 400_000


@pytest.fixture(scope="module")
def owners(published, tmp_path_factory):
    """The pages of the owner: the status of the run, and what the commands check and draw write."""
    folder = tmp_path_factory.mktemp("owner")
    cases, auditors = folder / "cases.csv", folder / "auditors.csv"
    teams = ("Care", "Court", "Front Door")
    cases.write_text("\n".join(["child_ref,team,worker", *(f"R{n},{teams[n % 3]},W{n % 7}" for n in range(60))]))
    auditors.write_text("auditor,team,capacity\nAda,Front Door,20\nBen,Court,20\n")
    drawn = ("--size", 12, "--auditors", auditors, "--seed", 7, "--stratify", "team")
    for words in (("check",), ("draw", cases, *drawn)):
        ended = CliRunner().invoke(main, [*map(str, words), "--workspace", str(ROOT), "--outputs", str(folder)])
        assert ended.exit_code == 0, ended.output
    played(folder, ROOT)
    return [published / "private" / "status" / "status.html", *sorted((folder / "private").rglob("*.html"))]


@pytest.fixture(scope="module")
def editions(published, owners, some):
    """Every page, or every third where the board's edition has its like, by who reads it."""
    assert [path.name for path in owners] == ["status.html", "cases-protocol.html", "fix-list.html", "gym.html"]
    found = {each: pages(published, each) for each in READERS}
    alone = {path.name for path in found["internal"]} - {path.name for path in found["board"]}
    like = {each: set(some(found[each], every=3)) for each in ("internal", "public")}
    fewer = {each: [path for path in found[each] if path in like[each] or path.name in alone] for each in like}
    assert "form.html" in alone
    return {"internal": fewer["internal"], "board": found["board"], "public": fewer["public"], "owner": owners}


def pages(published, audience):
    found = sorted((published / audience / "2024-11").glob("*.html"))
    assert len(found) >= 10
    return found


def places(audience, found):
    """Each page that axe reads, with the widths and themes it is read in."""
    usual, *rest = EVERYWHERE
    if audience == "owner":
        return [(path, EVERYWHERE) for path in found]
    if audience == "board":
        return [(path, (usual, *more)) for path, more in zip_longest(found, [(each,) for each in rest], fillvalue=())]
    return [(path, (place,)) for path, place in zip(found, cycle(EVERYWHERE), strict=False)]


@pytest.fixture(params=AUDIENCES)
def audience(request):
    return request.param


def test_axe_finds_nothing(reader, editions, audience, pytestconfig):
    found = editions[audience]
    all_of_them = pytestconfig.getoption("--everything")
    tried = [(path, EVERYWHERE) for path in found] if all_of_them else places(audience, found)
    assert {each for _, at in tried for each in at} == set(EVERYWHERE)
    faults = [(path.name, fault) for path, at in tried for fault in reader.barriers(path, at=at, alike=not all_of_them)]
    print(f"axe: {len(tried)} {audience} pages, {sum(len(at) for _, at in tried)} readings, {len(faults)} violations")
    assert faults == []


@dataclass(frozen=True)
class Look:
    """What one opening of a page shows a reader with a keyboard, paper, narrow screens or colours of their own."""

    name: str
    noises: list
    unreached: list
    chips: list
    wide: list
    begins: list
    torn: list
    lone: list
    sheets: int


@pytest.fixture(scope="module")
def looks(reader, editions, tmp_path_factory):
    """Every page of every audience opened once and tried in every way, since opening is what takes the time."""
    folder = tmp_path_factory.mktemp("printed")
    return {each: [look(reader, path, folder / "page.pdf") for path in found] for each, found in editions.items()}


def look(reader, path, printed):
    with reader.opened(path) as page:
        page.pdf(path=str(printed), format="A4", prefer_css_page_size=True)
        leaves = paper.leaves(printed) if path.parts[-3] == "board" else None
        torn, lone = ([], []) if leaves is None else paper.faults(page, leaves)
        unreached = out_of_reach(page)
        begins = page.evaluate(BEGINS)
        found = (chips(page), overflows(page), begins, torn, lone, page_count(printed))
        noises = [*page.requests[1:], *page.messages]
    return Look(path.name, [*noises, *reader.noises(path, scripts=False)], unreached, *found)


def test_nothing_is_asked_for_and_nothing_is_complained_of(looks, audience):
    noises = [(each.name, noise) for each in looks[audience] for noise in each.noises]
    print(f"requests and messages: {len(looks[audience])} {audience} pages, scripts on and off, {len(noises)} found")
    assert noises == []


def test_no_page_scrolls_sideways_on_screen_or_on_paper(looks, audience):
    wide = [(each.name, width) for each in looks[audience] for width in each.wide]
    print(
        f"sideways: {len(looks[audience])} {audience} pages at 1280, 820, 390, 320 px and print, {len(wide)} overflow"
    )
    assert wide == []


# How many lines the title takes, and how far down the first table begins.
BEGINS = """() => {
  const title = document.querySelector('h1'), heads = [...document.querySelectorAll('thead')];
  const row = heads.find(each => each.getClientRects().length);  // a team's own table is out of sight
  const lines = title.getBoundingClientRect().height / parseFloat(getComputedStyle(title).lineHeight);
  return [Math.round(lines), row ? row.getBoundingClientRect().top + scrollY : 0];
}"""


def test_a_title_takes_two_lines_and_the_main_chart_begins_on_the_first_screen(looks):
    begins = {each.name: each.begins for each in looks["board"]}
    begins["index.html"][1] = 0  # its first screen is held in test_first_screen
    assert {name: each for name, each in begins.items() if each[0] > 2 or each[1] > 900} == {}


def overflows(page):
    page.emulate_media(forced_colors="none")
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    found = []
    for width, media in ((1280, "screen"), (820, "screen"), (390, "screen"), (320, "screen"), (680, "print")):
        page.emulate_media(media=media)
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width or page.evaluate(OFF_THE_PAPER):
            found.append(width)
    return found


# Words of a drawing that begin left of the page: no scroll bar leads to them.
OFF_THE_PAPER = "[...document.querySelectorAll('svg text')].some(each => each.getBoundingClientRect().left < 0)"


ROWS = "all => all.filter(each => each.getClientRects().length).map(each => each.dataset.standard)"  # those in sight


SEEN = "all => all.filter(each => each.getClientRects().length).map(each => each.textContent)"
NARROWED = "Narrowed to what you chose"


@pytest.mark.parametrize("audience", READERS)
def test_a_page_narrows_to_one_standard_without_a_script_and_says_so_on_screen_and_paper(reader, published, audience):
    able = [path for path in pages(published, audience) if 'id="ia-only-standard"' in path.read_text(encoding="utf-8")]
    tried = able[:: len(able) // 3]
    seen = [rows for path in tried for rows in narrowed(reader, path)]
    print(f"filters: {len(tried)} {audience} pages, {len(seen)} choices on screen and in print")
    assert len(able) >= 10
    assert all(seen)


@pytest.mark.parametrize("audience", READERS)
def test_a_team_that_is_chosen_takes_the_place_of_the_whole_service_and_a_small_one_says_too_few(
    reader, published, audience
):
    able = [path for path in pages(published, audience) if 'id="ia-only-team"' in path.read_text(encoding="utf-8")]
    seen = [fault for path in able for fault in of_teams(reader, path)]
    print(f"teams: {len(able)} {audience} pages, {len(seen)} faults")
    assert (able == []) if audience == "public" else (len(able) >= 4)  # the public sees no count of a team to choose
    assert seen == []


def of_teams(reader, path):
    """What is wrong with heading, table and what else is in sight, for each team that can be chosen."""
    with reader.opened(path, scripts=False) as page:
        main = ".ia-of-team + .ia-part"
        for option in page.locator("#ia-only-team option").all()[1:]:
            mark, name = option.get_attribute("value"), option.text_content()
            page.select_option("#ia-only-team", mark)
            own = page.locator(f'.ia-of-team[data-team="{mark}"]')
            heading, shown = own.locator("h2").first.text_content(), page.locator(".ia-of-team:visible").count()
            small = own.locator("table").count() == 0
            right = [shown == 1, own.is_visible(), not page.locator(main).is_visible()]
            right += [not page.locator(".ia-teams:visible").count(), name[1:] in heading]
            right += [small == heading.endswith(": too few"), len(page.requests) == 1]
            if not all(right):
                yield path.name, name, right


def narrowed(reader, path):
    """Whether only the chosen standard is in sight, and box and headings say so, for two choices."""
    with reader.opened(path, scripts=False) as page:
        told = page.locator(".ia-filter:has(#ia-only-standard) .ia-filtered")
        assert not told.is_visible()
        options = page.locator("#ia-only-standard option").all()
        for option in (options[1], options[-1]):
            mark = option.get_attribute("value")
            page.select_option("#ia-only-standard", mark)
            for media in ("screen", "print"):
                page.emulate_media(media=media)
                shown = set(page.eval_on_selector_all("tr[data-standard]", ROWS))
                alone = set(page.eval_on_selector_all(".ia-part:has(tr[data-standard]) > h2", SEEN)) <= {NARROWED}
                luck = page.eval_on_selector_all(".ia-note > .ia-narrowed", ROWS)
                yield shown == {mark} and told.is_visible() and alone and set(luck) <= {mark}
            page.emulate_media(media="screen")


def test_the_keyboard_reaches_every_link_and_every_fold(looks, audience):
    missed = [(each.name, part) for each in looks[audience] for part in each.unreached]
    print(f"keyboard: {len(looks[audience])} {audience} pages, {len(missed)} parts out of reach")
    assert missed == []


def out_of_reach(page):
    """What Tab does not come to, or comes to without a visible outline; and folds that Enter does not open."""
    wanted = page.eval_on_selector_all(
        FOCUSABLE,
        "all => all.filter(each => getComputedStyle(each.closest('p') ?? each).display !== 'none')"
        ".map((each, place) => { each.dataset.place = place; return each.textContent.trim() })",
    )
    reached = set()
    for _ in wanted:
        page.keyboard.press("Tab")
        place, fold, outlined = page.evaluate(
            "(() => { const at = document.activeElement, look = getComputedStyle(at);"
            " return [at.dataset.place, at.tagName === 'SUMMARY', look.outlineStyle !== 'none'"
            " && parseFloat(look.outlineWidth) > 0] })()"
        )
        if place is not None and outlined:
            reached.add(int(place))
        if fold:
            page.keyboard.press("Enter")
    shut = page.eval_on_selector_all("details:not([open])", "all => all.map(each => each.textContent.slice(0, 40))")
    return [each for place, each in enumerate(wanted) if place not in reached] + shut


def test_every_page_is_light_enough_for_an_attachment(editions, audience):
    sizes = {path.name: path.stat().st_size for path in editions[audience]}
    name = max(sizes, key=sizes.get)
    print(f"weight: {len(sizes)} {audience} pages, the heaviest {sizes[name]:,} bytes ({name})")
    assert sizes[name] < HEAVIEST


def test_every_page_prints_whole(looks, audience):
    sheets = [each.sheets for each in looks[audience]]
    print(f"print: {len(sheets)} {audience} pages, {sum(sheets)} sheets of A4, at most {max(sheets)}")
    assert min(sheets) > 0


def test_a_board_prints_each_report_on_two_leaves_with_no_row_torn_and_no_heading_alone(looks):
    found = looks["board"]
    assert [(each.name, each.torn, each.lone) for each in found if each.torn or each.lone] == []
    assert {each.name: each.sheets for each in found if each.sheets > 2} == {}


def page_count(path):
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


VERDICTS = {
    "met",
    "not met",
    "not called met",
    "cannot tell",
    "no verdict",
    "better",
    "worse",
    "no worthwhile change",
    "not comparable",
}


def test_without_colour_a_verdict_is_still_a_symbol_and_a_word(looks, audience):
    found = [(each.name, *chip) for each in looks[audience] for chip in each.chips]
    print(f"forced colours: {len(found)} verdicts on {len(looks[audience])} {audience} pages")
    assert len(found) > 50 or audience == "owner"
    assert [chip for chip in found if not chip[1] or not chip[2] or chip[3]] == []
    shapes = {}
    for _, told_as, shape, _ in found:
        word = re.sub(r"^\d+ ", "", told_as).lower()
        if word in VERDICTS:  # an impact status has its code and shares the symbol of the verdict behind it
            shapes.setdefault(word, set()).add(shape)
    told = [frozenset(each) for each in shapes.values()]
    assert len(told) == len(set(told)), f"Two verdicts share a symbol: {shapes}"


def chips(page):
    """The word, the symbol and whether the symbol is lost, of each verdict in a reader's forced colours."""
    page.emulate_media(forced_colors="active")
    return page.eval_on_selector_all(
        ".ia-chip",
        "all => all.filter(each => each.getClientRects().length).map(each => {"
        " const paper = getComputedStyle(document.body).backgroundColor;"
        " const marks = [...each.querySelectorAll('circle, path')];"
        " const seen = marks.some(mark => { const look = getComputedStyle(mark);"
        "  return [look.fill, look.stroke].some(ink => ink !== 'none' && ink !== paper) });"
        " const shape = marks.map(mark => mark.tagName + (mark.getAttribute('d') || ''"
        "  ) + (mark.getAttribute('fill') || '').includes('--bg')).join(' ');"
        " return [each.textContent.trim(), shape, !seen] })",
    )
