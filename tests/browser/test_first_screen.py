"""What a board chair sees before touching the page: answer, trust, decisions, and where what needs action begins."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from ilacs_audit.cli import main
from tests.browser import paper
from tests.councils.making import make
from tests.councils.trial import KEY
from tests.councils.writing import write

NARROW = (410, 390)  # a tablet at 200%, and a phone
FULL = 3000  # characters on a leaf that is not half blank
SCREENS = ((1280, 900), (820, 1180))
ENDS = """() => ['.ia-answer', '#trust', '#decide', '.ia-critical h2', '.ia-critical>ul>li b']
  .map(each => [each, document.querySelector(each).getBoundingClientRect().bottom])"""


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    """A random council's board edition; each theme has a critical standard, and each audit asks for two decisions."""
    made, folder = make(17), tmp_path_factory.mktemp("council")
    for theme in made.themes:
        theme["standards"][0]["critical"] = True
    for said in made.commentary.values():
        asked = ("Book the next audit with 60 files.", "Ask the partnership to agree a date for the next audit.")
        said["decisions"] = [{"what": each, "owner": "Quality assurance lead", "by": "2025-05-01"} for each in asked]
    place, evidence = write(made, folder)
    told = (
        "--workspace",
        place,
        "--evidence",
        evidence,
        "--outputs",
        folder / "out",
        "--audience",
        "board",
        "--jobs",
        1,
    )
    ended = CliRunner().invoke(main, ["run", made.period, *map(str, told)], env={"ILACS_AUDIT_KEY": KEY})
    assert ended.exit_code == 0, ended.output
    return Path(folder) / "out" / "board" / made.period / "index.html"


def below(reader, path):
    """What does not end on the first screen, at the sizes of a laptop and of a tablet."""
    with reader.opened(path, scripts=False) as page:
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            yield from ((width, *each) for each in page.evaluate(ENDS) if each[1] > height)


@pytest.mark.parametrize("audience", ["internal", "board", "public"])
def test_answer_trust_and_decisions_fit_the_first_screen_and_what_needs_action_begins_on_it(
    reader, published, audience
):
    assert list(below(reader, published / audience / "2024-11" / "index.html")) == []


@pytest.mark.parametrize("audience", ["internal", "board", "public"])
def test_the_front_page_fits_a_magnified_screen_and_prints_whole_on_two_leaves(reader, published, tmp_path, audience):
    with reader.opened(published / audience / "2024-11" / "index.html", scripts=False) as page:
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": 590})
            assert page.evaluate("document.documentElement.scrollWidth") == width
        page.pdf(path=str(tmp_path / "index.pdf"), format="A4", prefer_css_page_size=True)
        leaves = paper.leaves(tmp_path / "index.pdf")
        assert paper.faults(page, leaves) == ([], [])
        page.emulate_media(media="print")  # what is not printed is not looked for
        asked = page.eval_on_selector_all("#decide li", "all => all.map(each => each.innerText)")
    assert len(leaves) <= 2 and len(leaves[0]) > FULL
    assert [each for each in asked if not any("".join(each.split()) in leaf for leaf in leaves)] == []


def test_they_fit_it_for_a_council_of_another_shape_too(reader, council):
    assert list(below(reader, council)) == []


def test_on_a_phone_the_first_screen_leads_to_what_is_to_be_decided(reader, council):
    with reader.opened(council, scripts=False) as page:
        page.set_viewport_size({"width": NARROW[1], "height": 844})
        assert page.locator(".ia-down a").bounding_box()["y"] < 844
        page.click(".ia-down a")
        assert page.evaluate("document.querySelector('#decide').getBoundingClientRect().top") < 844
        page.set_viewport_size({"width": 1280, "height": 900})
        assert not page.locator(".ia-down").is_visible()
