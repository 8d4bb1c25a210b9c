import re

import pytest

from ilacs_audit.display import palette
from ilacs_audit.display.dress import SHEETS

SHEET = (SHEETS / "palette.css").read_text(encoding="utf-8").strip().splitlines()
LIGHT, DARK, FORCED = (dict(re.findall(r"--([\w-]+):([#\w]+)", line)) for line in SHEET)
THEMES = {"light": LIGHT, "dark": DARK}
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
    assert LIGHT.keys() == DARK.keys() == FORCED.keys()


def test_drawings_have_the_light_colours_of_the_page():
    assert palette.LIGHT == LIGHT


def test_where_colours_are_forced_words_are_told_from_their_ground_and_links_from_both():
    grounds = {FORCED[ground] for ground in GROUNDS}
    assert grounds == {"Canvas"}
    assert {FORCED[word] for word in WORDS} == {"CanvasText", "LinkText"}


def test_a_known_ratio_comes_out_as_published():
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54)
    assert contrast("#ffffff", "#0000ff") == pytest.approx(8.59)
