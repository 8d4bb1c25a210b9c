import pytest

from ilacs_audit.display import palette
from tests.display import demo

THEMES = {"light": palette.LIGHT, "dark": palette.DARK}
WORDS = ("ink", "soft", "accent", "met", "not", "unk", "none")
DRAWN = (*WORDS, "rule", "met-band", "not-band", "unk-band", "none-band")
GROUNDS = ("bg", "wash", "tint-1", "tint-2", "tint-3")


def contrast(one, other):
    """The WCAG contrast ratio of two colours written as #rrggbb."""

    def linear(channel):
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    def luminance(colour):
        red, green, blue = (linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return round((light + 0.05) / (dark + 0.05), 2)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_words_can_be_read_on_every_ground(theme, word, ground):
    assert contrast(THEMES[theme][word], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("drawn", DRAWN)
def test_what_is_drawn_stands_out_from_the_paper(theme, drawn):
    assert contrast(THEMES[theme][drawn], THEMES[theme]["bg"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_two_bars_of_a_grade_differ_from_the_paper_between_them(theme):
    colours = THEMES[theme]
    assert min(contrast(colours[bar], colours["bg"]) for bar in ("accent", "rule")) >= 3


def test_both_themes_have_the_same_tokens():
    assert palette.LIGHT.keys() == palette.DARK.keys()


def test_the_page_has_the_colours_of_the_palette():
    """Rewrite with: python -c "from ilacs_audit.display import palette; print(palette.stylesheet())" > palette.css."""
    assert (demo.TEMPLATES / "report" / "palette.css").read_text(encoding="utf-8").strip() == palette.stylesheet()


def test_a_known_ratio_comes_out_as_published():
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54)
    assert contrast("#ffffff", "#0000ff") == pytest.approx(8.59)
