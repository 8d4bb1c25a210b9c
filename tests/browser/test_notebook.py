"""Every piece looks in a notebook as it looks on the page: in a real JupyterLab, and in what is made of notebooks."""

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbconvert import HTMLExporter
from playwright.sync_api import expect

from tests.browser.conftest import LOOKS
from tests.browser.lab import ask, begin, finish, jupyter_lab, wear
from tests.desks.northmere import workspace
from tests.display import demo

ALL = "from IPython.display import display\nfrom tests.display import demo\n[display(each) for each in demo.pieces()]"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations", "passes"]}
# What VS Code says of tables and words, and the names it gives to its own colours and to a dark theme.
CODE = """<!doctype html><html lang="en-GB"><title>Cell</title><style>:root{--vscode-editor-background:#1f1f1f}
body{background:#1f1f1f;color:#ccc;font:13px sans-serif}table,th,tr{vertical-align:middle;text-align:right}thead,
tr:nth-child(even){background:#828282}th,td{padding:4px 8px}tbody th{font-weight:normal}</style>
<body class="vscode-dark" data-vscode-theme-kind="vscode-dark"><main><h1>Cell</h1>%s</main>"""
# Each element of each piece: what it is, and how it looks. JupyterLab numbers headings, a page drops unseen ones.
LOOK = """(roots) => [...document.querySelectorAll(roots)].flatMap(each => [each, ...each.querySelectorAll('*')])
  .filter(each => !each.matches('.numbering-entry, .ia-narrowed'))
  .map(each => { const look = getComputedStyle(each), size = parseFloat(look.fontSize);
    return [each.tagName + '.' + (each.getAttribute('class') || ''), look.color, look.backgroundColor, look.fill,
      look.stroke, look.display, look.textAlign, look.fontWeight, look.fontFamily, look.whiteSpace,
      look.borderTopStyle, look.borderBottomStyle, look.borderBottomColor, look.textDecorationLine, look.listStyleType,
      Math.round(100 * parseFloat(look.paddingLeft) / size), Math.round(100 * parseFloat(look.paddingTop) / size)] })"""
# Everything that is not ours, with our rules and without them.
OTHERS = """() => {
  const told = () => [...document.querySelectorAll('body, body *')].filter(each => !each.closest('.ilacs'))
    .map(each => { const look = getComputedStyle(each); return [look.color, look.backgroundColor, look.fontSize,
      look.fontFamily, look.margin, look.padding, look.border, look.display, look.textAlign].join() });
  const ours = [...document.querySelectorAll('style')].filter(each => each.textContent.includes('.ilacs'));
  const before = told();
  ours.forEach(each => each.sheet.disabled = true);
  const after = told();
  ours.forEach(each => each.sheet.disabled = false);
  return [ours.length, before.length, before.filter((each, place) => each !== after[place]).length];
}"""


@pytest.fixture(scope="module")
def lab(reader, tmp_path_factory):
    """A JupyterLab in which a notebook that shows every piece has been run, and another is running; started once."""
    folder = tmp_path_factory.mktemp("lab")
    workspace(folder)
    (folder / "reports.yml").write_text("dip_sample:\n  each: {audit: dip_sample}\n", encoding="utf-8")  # one to draft
    cells = [
        nbformat.v4.new_markdown_cell("# A notebook\n\nWith `words` and\n\n| a | table |\n|--|--|\n| of | its own |")
    ]
    cells += [nbformat.v4.new_code_cell(ALL)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), folder / "notebooks" / "all.ipynb")
    with jupyter_lab(folder, notebooks=folder) as address:
        explored, page = (reader.browser.new_page(viewport={"width": 1400, "height": 900}) for _ in range(2))
        begin(explored, address, "notebooks/explore.ipynb")  # runs while the other is opened and looked at
        begin(page, address, "notebooks/all.ipynb")
        finish(page)
        page.explored, explored.evidence = explored, folder / "data" / "example"
        yield page
        for each in (page, explored):
            each.close()


def faint(page):
    """Words of ours that stand out too little from their ground."""
    page.evaluate("document.body.style.minHeight = '100vh'")  # JupyterLab's has none, and axe takes it for hidden
    page.evaluate(LOOKS)
    read = Axe().run(page, context=".ilacs [data-look]", options=CONTRAST).response
    assert read["passes"][0]["nodes"]
    return [node["html"][:120] for each in read["violations"] for node in each["nodes"]]


def test_in_jupyterlab_every_element_looks_as_on_the_page(lab, reader, tmp_path):
    wear(lab, "Light")
    (tmp_path / "page.html").write_text(demo.everything(), encoding="utf-8")
    with reader.opened(tmp_path / "page.html", width=1280) as page:
        there = page.evaluate(LOOK, "main > .wrap > *")
    here = lab.evaluate(LOOK, ".ilacs > div > *")
    assert len(here) == len(there) > 500
    assert [(one, other) for one, other in zip(here, there, strict=True) if one != other] == []


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_in_jupyterlab_every_word_can_be_read(lab, theme):
    wear(lab, theme)
    assert faint(lab) == []


def test_in_jupyterlab_nothing_else_looks_otherwise_for_it(lab):
    sheets, others, changed = lab.evaluate(OTHERS)
    assert sheets == len(demo.pieces()) and others > 200
    assert changed == 0


@pytest.fixture(scope="module")
def explored(lab):
    """The notebook for exploring, run in the same JupyterLab, in its dark theme."""
    finish(lab.explored)
    wear(lab.explored, "Dark")
    return lab.explored


def test_in_jupyterlab_the_notebook_for_exploring_answers_each_question_with_sentence_and_table(explored):
    assert explored.locator(".jp-OutputArea-output[data-mime-type$='error']").count() == 0
    answers = explored.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .ilacs")
    assert answers.count() == 11
    assert [each.locator("h2, p").count() > 0 for each in answers.all()] == [True] * 11
    assert answers.locator("svg").count() > 30
    said = answers.nth(4).inner_text()
    assert "12 ÷ 17 = 0.706, so 71%." in said and "5 files did not meet it" in said
    assert faint(explored) == []


def test_in_jupyterlab_a_filter_changes_sentence_and_chart(explored):
    boxes, shown = explored.locator(".widget-dropdown select"), explored.locator(".widget-html-content")
    pictures = shown.locator("svg").count()
    boxes.nth(2).select_option("Not met")
    expect(shown).to_contain_text("Two of nine standards: not met")
    assert 0 < shown.locator("svg").count() < pictures
    boxes.nth(0).select_option("Duty & Assessment 2")
    expect(shown).to_contain_text("Duty & Assessment 2")
    expect(shown).not_to_contain_text("12 of 17")


def test_in_jupyterlab_every_write_is_done_and_undone_and_the_draft_is_opened(explored):
    files = {path: path.read_bytes() for path in explored.evidence.rglob("*.*")}
    assert "12 of 17" in ask(explored, 'desk.why("CON-1")').inner_text()
    refused = ask(explored, 'desk.why("CON-99")')
    assert "Did you mean 'CON-9'" in refused.inner_text() and "Traceback" not in refused.inner_text()
    refused.locator("summary").click()
    assert "Traceback" in refused.inner_text()
    assert "not said who writes" in ask(explored, 'desk.exclude(row=18, reason="Read twice")').inner_text()
    ask(explored, 'desk.role, desk.today = "Quality assurance lead", "2024-11-21"')
    assert "Row 18 is out" in ask(explored, 'desk.exclude(row=18, reason="Read twice")').inner_text()
    assert "11 of 16" in ask(explored, "desk.standards()").inner_text()
    writes = (
        'desk.tag("consent", kind="recording", words="The form offers nothing else")',
        'desk.add_action("Change the form", owner="Head of front door", due="2024-12-20", standard="CON-5")',
        'desk.write("Practice has improved.", accept=True)',
    )
    for line in writes:
        assert "cell stopped" not in ask(explored, line).inner_text()
    made = ask(explored, "import ilacs_audit as ia; ia.draft(desk)")
    assert "1 of 1 page made" in made.inner_text() and "The draft is made" in made.inner_text()
    for _ in range(4):
        assert "Undone" in ask(explored, "desk.undo()").inner_text()
    assert "12 of 17" in ask(explored, "desk.standards()").inner_text()
    assert {path: path.read_bytes() for path in files} == files
    explored.get_by_role("link", name="Open dip-sample").click()
    page = explored.frame_locator(".jp-HTMLViewer iframe")
    expect(page.locator("h1")).to_contain_text("Is consent sought")
    assert "We cannot tell yet whether anything has changed" in page.locator("body").inner_text()


def nbconvert(**options):
    """What nbconvert makes of the same notebook, run."""
    outputs = [nbformat.v4.new_output("display_data", data=each._repr_mimebundle_()) for each in demo.pieces()]
    run = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=outputs)])
    return HTMLExporter(**options).from_notebook_node(run)[0]


KEPT = {
    "nbconvert's own HTML": nbconvert,
    "the same, dark": lambda: nbconvert(theme="dark"),
    "the older template": lambda: nbconvert(template_name="classic"),
    "VS Code, dark": lambda: CODE % "".join(each._repr_html_() for each in demo.pieces()),
}


@pytest.mark.parametrize("kind", KEPT)
def test_wherever_it_is_kept_a_piece_has_its_looks_and_can_be_read(reader, kind, tmp_path):
    (tmp_path / "kept.html").write_text(KEPT[kind](), encoding="utf-8")
    with reader.browser.new_context(viewport={"width": 1280, "height": 900}, offline=True) as context:
        page = context.new_page()
        page.goto((tmp_path / "kept.html").as_uri())
        cell, heading = page.locator(".ilacs td.num").first, page.locator(".ilacs thead th").first
        look = "each => { const look = getComputedStyle(each); return [look.textAlign, look.borderBottomWidth] }"
        assert [cell.evaluate(look), heading.evaluate(look)] == [["right", "0px"], ["left", "2px"]]
        ink = page.locator(".ilacs h1").evaluate("each => getComputedStyle(each).color")
        assert ink == ("rgb(238, 242, 246)" if "dark" in kind else "rgb(22, 32, 43)")
        assert faint(page) == []
