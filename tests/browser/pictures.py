"""The pictures of README and docs/explore.md: `python -m tests.browser.pictures`, after `make report`.

They are taken of the published pages and of a real JupyterLab, so that a picture is never of another tool than the one
it stands in.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.install import browser
from tests.browser.lab import ACTIVE, ask, jupyter_lab, run_all
from tests.desks.northmere import to_inbox, workspace

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
COLOURS = 64  # of ours a page has about forty; a picture is then a third as heavy
PAGES = {  # picture -> page, and the width and height of the window
    "front": ("board/2024-11/index.html", 1200, 900),
    "dip-sample": ("board/2024-11/dip-sample-consent-2024-11.html", 1200, 900),
    "phone": ("public/2024-11/index.html", 390, 844),
}
HIGHEST = 700
# Where the last line ends that is whole within a height: no picture is cut through a line of its table.
END = """(cell, most) => Math.max(...[...cell.querySelectorAll('tr, p, pre')]
  .map(each => each.getBoundingClientRect().bottom - cell.getBoundingClientRect().top).filter(end => end <= most))"""
ANSWERS = {  # picture -> what is typed into a cell of the notebook
    "standards": "desk.standards()",
    "why": 'desk.why("CON-1")',
    "better": "desk.better()",
    "teams": "desk.teams()",
    "refused": 'desk.write("Practice has improved.", by="Quality assurance lead", on="2024-11-25")',
    "inbox": "desk.inbox()",
}


def take(outputs: Path, folder: Path) -> list[Path]:
    """Take every picture of the pages in a folder of outputs and of a notebook, small enough for a README."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver, driver.chromium.launch(executable_path=browser()) as shown:
        for name, (page, width, height) in PAGES.items():
            tab = shown.new_page(viewport={"width": width, "height": height})
            tab.goto((outputs / page).resolve().as_uri())
            _keep(tab.screenshot(), folder / f"{name}.png")
        with tempfile.TemporaryDirectory() as place:
            _of_notebook(shown, workspace(Path(place)), folder)
    return sorted(folder.glob("*.png"))


def _of_notebook(shown: Browser, place: Path, folder: Path) -> None:
    with jupyter_lab(place, notebooks=place) as address:
        tab = shown.new_page(viewport={"width": 1200, "height": 900})
        run_all(tab, address, "notebooks/explore.ipynb")
        for name, line in ANSWERS.items():
            if name == "inbox":
                to_inbox(place)
            ask(tab, line)
            cell = tab.locator(ACTIVE)
            _keep(cell.screenshot(), folder / f"{name}.png", high=round(cell.evaluate(END, HIGHEST)) + 3)


def _keep(taken: bytes, path: Path, *, high: int | None = None) -> None:
    whole = Image.open(io.BytesIO(taken))
    part = whole.crop((0, 0, whole.width, min(whole.height, high or whole.height)))
    part.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    for path in take(ROOT / "outputs", PICTURES):
        print(path.relative_to(ROOT).as_posix(), f"{path.stat().st_size:,} bytes")
