"""A real JupyterLab on this machine alone, with folders of its own, driven as its reader would."""

import json
import os
import secrets
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # every cell is drawn, seen or not
    "apputils-extension/notification": {"fetchNews": "false"},  # asks nothing over the cells
}
OPTIONS = (
    *("--no-browser", "--allow-root", "--expose-app-in-browser", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0"),
    *("--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"),
)
READY = """name => { const now = window.jupyterapp?.shell.currentWidget;
  return now?.context?.path === name && now.sessionContext?.session?.kernel?.status === 'idle' }"""
ASK = """async line => { const app = window.jupyterapp, book = app.shell.currentWidget.content;
  book.activeCellIndex = book.widgets.length - 1;
  await app.commands.execute('notebook:insert-cell-below');
  book.activeCell.model.sharedModel.setSource(line);
  await app.commands.execute('notebook:run-cell') }"""
HEIGHT = "Math.max(...[...document.querySelectorAll('.jp-WindowedPanel-outer')].map(each => each.scrollHeight))"
ACTIVE = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell.jp-mod-active"
PATIENCE = 60.0


@contextmanager
def jupyter_lab(folder, *, notebooks):
    """Serve a folder of notebooks; gives the address of one, by its name."""
    home, token = folder / "jupyter", secrets.token_hex(16)
    for name, said in SETTINGS.items():
        file = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(said), encoding="utf-8")
    names = {"RUNTIME": "run", "CONFIG": "config", "DATA": "data"}
    surroundings = {f"JUPYTER_{name}_DIR": str(home / each) for name, each in names.items()}
    surroundings |= {
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "desks"),
    }
    surroundings |= {"PYTHONPATH": str(ROOT), "ILACS_AUDIT_KEY": "northmere-example-key"}
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS]
    with (folder / "log").open("w") as log:
        served = subprocess.Popen(
            [*command, f"--ServerApp.root_dir={notebooks}", f"--IdentityProvider.token={token}"],
            **{"env": {**os.environ, **surroundings}, "stdout": log, "stderr": subprocess.STDOUT},
        )
        try:
            address = _address(home / "run", served, folder / "log")
            yield lambda name: f"{address}lab/tree/{name}?token={token}"
        finally:
            served.terminate()
            served.wait()


def begin(page, address, name):
    """Open a notebook, and let its cells run from top to bottom."""
    page.goto(address(name))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PATIENCE * 1000)
    page.wait_for_function(READY, arg=name, timeout=PATIENCE * 1000)
    page.evaluate("window.ran = jupyterapp.commands.execute('notebook:run-all-cells'), 0")


def finish(page):
    """Wait until its cells have run, and make room for all that they show."""
    page.evaluate("window.ran")
    # A word that is scrolled out of sight has no ground that could be read.
    page.set_viewport_size({"width": 1400, "height": 300 + page.evaluate(HEIGHT)})
    page.evaluate("document.querySelectorAll('.jp-WindowedPanel-outer').forEach(each => each.scrollTop = 0)")


def run_all(page, address, name):
    """Open a notebook and run it to its end."""
    begin(page, address, name)
    finish(page)


def ask(page, line):
    """Write a line into a new cell at the end and run it; gives what the cell shows."""
    page.evaluate(ASK, line)
    return page.locator(f"{ACTIVE} .jp-OutputArea")


def wear(page, theme):
    """Change JupyterLab's own theme, 'Light' or 'Dark'."""
    page.evaluate("name => jupyterapp.commands.execute('apputils:change-theme', {theme: name})", f"JupyterLab {theme}")
    page.wait_for_function("dark => document.body.dataset.jpThemeLight === dark", arg=str(theme == "Light").lower())


def _address(folder, served, log):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and served.poll() is None:
        for file in folder.glob("jpserver-*.json"):
            if "is running at" in log.read_text(encoding="utf-8"):
                return json.loads(file.read_text(encoding="utf-8"))["url"]
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))
