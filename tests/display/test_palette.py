import pytest

from ilacs_audit.display import palette
from tests.display import demo

THEMES = {"light": palette.LIGHT, "dark": palette.DARK}
WORDS = ("ink", "soft", "accent", "met", "not", "unk", "none")
DRAWN = (*WORDS, "rule", "met-band", "not-band", "unk-band", "none-band")
GROUNDS = ("bg", "wash", "tint-1", "tint-2", "tint-3")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_words_can_be_read_on_every_ground(theme, word, ground):
    assert palette.contrast(THEMES[theme][word], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("drawn", DRAWN)
def test_what_is_drawn_stands_out_from_the_paper(theme, drawn):
    assert palette.contrast(THEMES[theme][drawn], THEMES[theme]["bg"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_two_bars_of_a_grade_differ_from_the_paper_between_them(theme):
    colours = THEMES[theme]
    assert min(palette.contrast(colours[bar], colours["bg"]) for bar in ("accent", "rule")) >= 3


def test_both_themes_have_the_same_tokens():
    assert palette.LIGHT.keys() == palette.DARK.keys()


def test_the_page_has_the_colours_of_the_palette():
    """Rewrite with: python -c "from ilacs_audit.display import palette; print(palette.stylesheet())" > palette.css."""
    assert (demo.TEMPLATES / "report" / "palette.css").read_text(encoding="utf-8").strip() == palette.stylesheet()


def test_a_known_ratio_comes_out_as_published():
    assert palette.contrast("#767676", "#ffffff") == pytest.approx(4.54)
    assert palette.contrast("#ffffff", "#0000ff") == pytest.approx(8.59)
