"""A drawing on paper is the page's drawing: every mark at its place, told by the page's own numbers."""

import io
import re

import pytest
from bs4 import BeautifulSoup
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.text import Text

import ilacs_audit as ia
from ilacs_audit.display.charts import paper
from ilacs_audit.domain.errors import UsageError

SIGNATURE = b"\x89PNG"


@pytest.fixture(scope="module")
def drawings(published):
    """Every plot of the board's edition, and the marks of one page's tables."""
    found = []
    for path in sorted((published / "board" / "2024-11").glob("*.html")):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        found += soup.select("svg.ia-plot") + (soup.select("svg.ia-mark") if path.stem == "thematic-plans" else [])
    return found


def drawn(drawing, width=100):
    """The axes on which a drawing was set, a unit a percent."""
    axes = paper._figure(width, float(drawing["height"])).axes[0]
    paper.draw(axes, drawing, width=width)
    return axes


def test_the_pictures_of_a_page_and_of_paper_agree_to_the_mark(drawings):
    """What the page's SVG says, read here as text, against what matplotlib was told to draw."""
    assert len(drawings) > 30
    for drawing in drawings:
        axes, svg = drawn(drawing), str(drawing)
        rects = [each for each in axes.patches if isinstance(each, Rectangle)]
        said = [(float(x), float(y)) for x, y in re.findall(r'<rect[^>]*?x="([\d.]+)%?"[^>]*?y="([\d.]+)"', svg)]
        assert {_near(*each.get_xy()) for each in rects} == {_near(*each) for each in said}
        upright = [line for line in axes.lines if len(line.get_xdata()) == 2]
        assert len(axes.lines) == svg.count("<line") + svg.count("<polyline")
        for x, low, high in re.findall(r'<line x1="([\d.]+)%" x2="\1%" y1="([\d.]+)" y2="([\d.]+)"', svg):
            assert any(_lies(line, float(x), float(low), float(high)) for line in upright)
        words = [each.get_text() for each in axes.get_children() if isinstance(each, Text) and each.get_text()]
        assert sorted(words) == sorted(" ".join(each.get_text().split()) for each in drawing.find_all("text"))
        shapes = [each for each in axes.patches if isinstance(each, PathPatch)]
        assert len(shapes) == svg.count("<path")


def _near(x, y):
    return round(x, 6), round(y, 6)


def _lies(line: Line2D, x, low, high):
    return list(line.get_xdata()) == pytest.approx([x, x]) and list(line.get_ydata()) == pytest.approx([low, high])


def test_a_shape_stands_where_its_point_does(drawings):
    for drawing in drawings:
        at = [
            (float(each["x"].rstrip("%")), float(each["y"])) for each in drawing.find_all("svg") if each.find("circle")
        ]
        circles = [each.center for each in drawn(drawing).patches if hasattr(each, "center")]
        assert {_near(*each) for each in at} <= {_near(*each) for each in circles}


def test_a_picture_for_slides_is_saved_from_what_a_piece_shows(tmp_path, published):
    html = (published / "board" / "2024-11" / "dip-sample-referrals-2024-11.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
    table = next(each for each in soup.select("section") if each.select_one("svg.ia-mark"))
    saved = ia.save_chart(_piece(str(table)), tmp_path / "table.png")
    assert saved.read_bytes().startswith(SIGNATURE)
    plot = ia.save_chart(_piece(str(soup.select_one("section:has(svg.ia-plot)"))), tmp_path / "plot.png")
    from matplotlib.image import imread

    assert imread(io.BytesIO(plot.read_bytes())).shape[1] == paper.SHARPER * (
        paper.PLOT_WIDTH + 2 * paper.PAD + paper.MARGIN
    )


def _piece(html):
    from ilacs_audit.display.fragments import Fragment

    return Fragment("part", html, {})


def test_a_piece_that_draws_nothing_says_so(tmp_path):
    with pytest.raises(UsageError, match="This piece draws nothing"):
        ia.save_chart(_piece("<p>Nothing.</p>"), tmp_path / "no.png")
    with pytest.raises(UsageError, match="no piece of a page"):
        ia.save_chart("text", tmp_path / "no.png")
