"""Put a browser on this machine for the browser tests: `python -m tests.browser.install`.

Debian's Chromium is taken from apt, because it needs no account, no download outside the
package mirror and is updated with the machine. The shell without windows opens a page in less than
half the time of the whole browser, and is preferred. Where there is no apt, or it has none (Ubuntu), a Chrome,
Chromium or Edge that stands where its maker puts it does, and else playwright brings its own. A machine without any
browser fails the browser tests with this message; it never skips them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

LIGHT = "chromium-headless-shell"
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
PLACES = (  # where macOS, Windows and Linux keep one that is on no path
    *(f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium", "Microsoft Edge")),
    *(
        f"%{root}%/Google/Chrome/Application/chrome.exe"
        for root in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
    ),
    *(f"%{root}%/Microsoft/Edge/Application/msedge.exe" for root in ("ProgramFiles(x86)", "ProgramFiles")),
    *("/opt/google/chrome/chrome", "/snap/bin/chromium"),
)
OWN = {  # where playwright keeps those that it brings
    "linux": "~/.cache/ms-playwright",
    "darwin": "~/Library/Caches/ms-playwright",
    "win32": "%LocalAppData%/ms-playwright",
}
MISSING = (
    "No Chromium was found, so no page can be checked in a browser. "
    "Run `python -m tests.browser.install` (as root or with sudo on Debian), install Chrome, "
    "or set CHROMIUM to the path of a Chromium or Chrome."
)


def browser() -> str | None:
    """The path of the browser that the tests drive, or None."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return chosen if os.access(chosen, os.X_OK) else None
    found = (each for each in (*map(shutil.which, NAMES), *kept(), *brought()) if each)
    return next(found, None)


def kept() -> Iterator[str]:
    """Browsers that stand where their makers put them."""
    places = (Path(written_out(place)) for place in PLACES)
    yield from (str(path) for path in places if path.is_file())


def written_out(place: str) -> str:
    """A place with the variables of Windows in it, whatever system this is."""
    for name in ("ProgramFiles(x86)", "ProgramFiles", "LocalAppData"):
        place = place.replace(f"%{name}%", os.environ.get(name.upper(), os.environ.get(name, "")))
    return str(Path(place).expanduser())


def brought() -> Iterator[str]:
    """Browsers that playwright brought, the shell without windows first and the newest of each."""
    own = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or written_out(OWN.get(sys.platform, OWN["linux"])))
    for folder, names in (
        ("chromium_headless_shell-*", ("headless_shell", "chrome-headless-shell")),
        ("chromium-*", ("chrome", "Chromium")),
    ):
        named = {*names, *(f"{name}.exe" for name in names)}
        found = [path for path in own.glob(f"{folder}/**/*") if path.name in named and path.is_file()]
        yield from map(str, sorted(found, reverse=True))


def install(*, run=subprocess.run) -> str | None:
    """Install the light browser where it is missing; the reason in words where no browser can be had."""
    if os.environ.get("CHROMIUM") or shutil.which(LIGHT):
        return None if browser() else MISSING
    refused = from_apt(LIGHT, run)
    if not browser():
        refused = f"{refused} {from_playwright(run)}".strip()
    return None if browser() else f"{refused} {MISSING}".strip()


def from_playwright(run) -> str:
    """Have playwright bring its own browser; what stood in the way, in words, or ""."""
    command = (sys.executable, "-m", "playwright", "install", "chromium-headless-shell")
    done = run(command, check=False)
    return f"`{' '.join(command[1:])}` ended with {done.returncode}." if done.returncode else ""


def from_apt(package: str, run) -> str:
    """Install a package of Debian; what stood in the way, in words, or ""."""
    if not shutil.which("apt-get"):
        return "This machine has no apt-get."
    before = () if os.geteuid() == 0 else ("sudo", "--non-interactive")
    if before and not shutil.which("sudo"):
        return "Installing needs root, and there is no sudo."
    for step in (("apt-get", "update"), ("apt-get", "install", "--yes", "--no-install-recommends", package)):
        done = run([*before, *step], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False)
        if done.returncode:
            return f"`{' '.join((*before, *step))}` ended with {done.returncode}."
    return ""


if __name__ == "__main__":
    sys.exit(install())
