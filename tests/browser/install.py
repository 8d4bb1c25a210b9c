"""Put a browser on this machine for the browser tests: `python -m tests.browser.install`.

Debian's Chromium is taken from apt, because it needs no account, no download outside the
package mirror and is updated with the machine. The shell without windows opens a page in less than
half the time of the whole browser, and is preferred. Nothing happens where it is found.
A machine without any browser fails the browser tests with this message; it never skips them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

LIGHT = "chromium-headless-shell"
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome")
MISSING = (
    "No Chromium was found, so no page can be checked in a browser. "
    "Run `python -m tests.browser.install` as root or with sudo on Debian or Ubuntu, "
    "or set CHROMIUM to the path of a Chromium or Chrome."
)


def browser() -> str | None:
    """The path of the browser that the tests drive, or None."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return chosen if os.access(chosen, os.X_OK) else None
    return next((found for found in map(shutil.which, NAMES) if found), None)


def install(*, run=subprocess.run) -> str | None:
    """Install the light browser where it is missing; the reason in words where no browser can be had."""
    if os.environ.get("CHROMIUM") or shutil.which(LIGHT):
        return None if browser() else MISSING
    refused = from_apt(LIGHT, run)
    return None if browser() else f"{refused} {MISSING}".strip()


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
