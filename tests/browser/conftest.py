"""A real browser that opens a finished page as a reader would, and tells what is wrong with it.

Playwright drives Debian's Chromium; axe-core comes inside the axe-playwright-python wheel.
The page's own policy forbids scripts, so it is set aside for the axe pass only and
checked, untouched, everywhere else.
"""

from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.browser.install import MISSING
from tests.browser.install import browser as find_browser

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
WIDTHS = (1280, 390, 320)
THEMES = ("light", "dark")
EVERYWHERE = tuple((width, theme) for width in WIDTHS for theme in THEMES)


class Reader:
    """Opens pages and says what a reader would trip over; every method gives a list of faults."""

    def __init__(self, browser):
        self.browser = browser

    @contextmanager
    def opened(self, path, *, width=1280, theme="light", scripts=True, policy=True, forced_colours="none"):
        """A page in a fresh context, with `requests` and `messages` gathered beside it."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            java_script_enabled=scripts,
            bypass_csp=not policy,
            forced_colors=forced_colours,
        )
        page = context.new_page()
        page.requests, page.messages = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.messages.append(message.text))
        page.on("pageerror", lambda error: page.messages.append(str(error)))
        page.goto(Path(path).resolve().as_uri())
        yield page
        context.close()

    def barriers(self, path, *, at=EVERYWHERE, alike=False):
        """What axe-core finds with everything folded out, at every width in both themes unless told.

        Nine tenths of its time go to the contrast of words, which it works out for each cell. Where `alike` is given,
        it does so for one of all words that look alike: tag, colours, size and weight, their own and all around them.
        """
        with self.opened(path, policy=False) as page:
            page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
            read = _axe_of_looks if alike else _axe
            return [fault for width, theme in at for fault in read(page, width, theme)]

    def noises(self, path, *, scripts):
        """Requests beyond the file itself and anything on the console, with scripts on or off."""
        with self.opened(path, scripts=scripts) as page:
            return [*page.requests[1:], *page.messages]

    def overflows(self, path):
        """Widths at which a reader would have to scroll sideways; 320 is 1280 at 400% zoom."""
        return [width for width in (1280, 820, 768, 390, 320) if self._width(path, width) > width]

    def pdf(self, path, target):
        """The page as it prints on A4."""
        with self.opened(path) as page:
            page.pdf(path=str(target), format="A4", prefer_css_page_size=True)
        return target

    def _width(self, path, width):
        with self.opened(path, width=width) as page:
            return page.evaluate("document.documentElement.scrollWidth")


CONTRAST = "color-contrast"
# Marks one of all words that look alike; gives how many looks there are.
LOOKS = """() => {
  const known = new Set(), looks = new Map();
  const own = node => {
    const look = getComputedStyle(node);
    return [node.tagName, look.color, look.fill, look.backgroundColor, look.backgroundImage, look.opacity,
      look.fontSize, look.fontWeight, look.textShadow, look.position].join();
  };
  const whole = node => {
    if (!node) return '';
    if (!looks.has(node)) looks.set(node, own(node) + '|' + whole(node.parentElement));
    return looks.get(node);
  };
  for (const node of document.querySelectorAll('body *')) {
    delete node.dataset.look;
    const says = [...node.childNodes].some(each => each.nodeType === Node.TEXT_NODE && each.textContent.trim());
    if (!says || !node.getClientRects().length || known.has(whole(node))) continue;
    known.add(whole(node));
    node.dataset.look = '';
  }
  return known.size;
}"""


def _axe_of_looks(page, width, theme):
    """All rules on the whole page, but contrast, which is read on each look of words once."""
    faults = _axe(page, width, theme, options={**OPTIONS, "rules": {CONTRAST: {"enabled": False}}})
    assert page.evaluate(LOOKS) > 5
    contrast = {**OPTIONS, "runOnly": {"type": "rule", "values": [CONTRAST]}}
    return faults + _axe(page, width, theme, options=contrast, context="[data-look]")


def _axe(page, width, theme, *, options=OPTIONS, context=None):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    found = Axe().run(page, context=context, options=options).response
    return [
        f"{width} {theme} {fault['id']}: {node['html'][:120]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


@pytest.fixture(scope="session")
def reader():
    """One browser for all the pages of a test run."""
    path = find_browser()
    if path is None:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield Reader(browser)
        browser.close()
