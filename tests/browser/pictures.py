"""The pictures of README: `python -m tests.browser.pictures` takes them of what `make report` published.

They are taken of the pages themselves, so that a picture is never of another tool than the one it stands in.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.install import browser

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
PAGES = {  # picture -> page, and the width and height of the window
    "front": ("board/2024-11/index.html", 1200, 900),
    "dip-sample": ("board/2024-11/dip-sample-consent-2024-11.html", 1200, 900),
    "phone": ("public/2024-11/index.html", 390, 844),
}


def take(outputs: Path, folder: Path) -> list[Path]:
    """Take every picture of the pages in a folder of outputs, small enough for a README."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver, driver.chromium.launch(executable_path=browser()) as shown:
        for name, (page, width, height) in PAGES.items():
            tab = shown.new_page(viewport={"width": width, "height": height})
            tab.goto((outputs / page).resolve().as_uri())
            whole = Image.open(io.BytesIO(tab.screenshot()))
            whole.quantize(64, dither=Image.Dither.NONE).save(folder / f"{name}.png", optimize=True)
    return sorted(folder.glob("*.png"))


if __name__ == "__main__":
    for path in take(ROOT / "outputs", PICTURES):
        print(path.relative_to(ROOT).as_posix(), f"{path.stat().st_size:,} bytes")
