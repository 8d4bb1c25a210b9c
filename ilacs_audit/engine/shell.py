"""A notebook's shell inside this process, that records what a kernel would have sent.

It is ipykernel's own shell with its own display hook and publisher, and only the socket is
replaced: what would have been a message becomes an output at once. So tables, figures and
tracebacks are made by the same code as in JupyterLab, without a second process to talk to.
"""

import builtins
import io
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.session import Session
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg
from traitlets.config import Config

from ilacs_audit.engine.settled import MOST_CHARACTERS, stream

# nbformat's functions have no types of their own.
_as_output: Callable[[dict[str, Any]], NotebookNode] = output_from_msg


class Recorder:
    """The outputs of the cell that is running, kept as nbclient would have kept them."""

    def __init__(self) -> None:
        self.outputs: list[NotebookNode] = []
        self._pieces: dict[str, list[str]] = {}
        self._printed: dict[str, int] = {}
        self._shown: dict[str, list[NotebookNode]] = {}
        self.clear_first = False
        self.beneath: list[Beneath] = []

    def text(self, name: str, text: str) -> None:
        """Keep printed text, up to what a page can use, and count the rest."""
        self._clear(only_if_asked=True)
        printed = self._printed.get(name, 0)
        if printed <= MOST_CHARACTERS:
            self._pieces.setdefault(name, []).append(text[: MOST_CHARACTERS + 1 - printed])
        self._printed[name] = printed + len(text)

    def settle(self) -> None:
        """Turn the text printed so far into outputs; standard output comes before standard error."""
        for file in self.beneath:
            file.collect(self)
        for name in sorted(self._pieces, reverse=True):
            self.outputs.append(stream(name, "".join(self._pieces[name]), printed=self._printed[name]))
        self._pieces, self._printed = {}, {}

    def message(self, kind: str, content: dict[str, Any]) -> None:
        """Do with a message what nbclient does with it."""
        if kind == "clear_output":
            self.clear_first = bool(content.get("wait"))
            if not self.clear_first:
                self._clear()
        elif kind in {"display_data", "update_display_data", "execute_result", "error"}:
            self._output(kind, content)

    def _output(self, kind: str, content: dict[str, Any]) -> None:
        shown_as = (content.get("transient") or {}).get("display_id")
        for earlier in self._shown.get(shown_as, []) if shown_as else []:
            earlier["data"], earlier["metadata"] = content["data"], content["metadata"]
        if kind == "update_display_data":
            return
        self._clear(only_if_asked=True)
        self.settle()
        output = _as_output({"header": {"msg_type": kind}, "content": content})
        self.outputs.append(output)
        if shown_as:
            self._shown.setdefault(shown_as, []).append(output)

    def _clear(self, *, only_if_asked: bool = False) -> None:
        if self.clear_first or not only_if_asked:
            self.clear_first = False
            self._pieces, self._printed = {}, {}
            self.outputs.clear()


class RecordingSession(Session):
    """A session whose messages go to a recorder; they pass through JSON as on a real wire."""

    recorder: Recorder

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> None:
        """Record one message, given whole or as its kind and content."""
        if isinstance(msg_or_type, Mapping):
            content, msg_or_type = msg_or_type["content"], msg_or_type["msg_type"]
        self.recorder.message(msg_or_type, self.unpack(self.pack(content)))


class RecordingStream(io.TextIOBase):
    """Standard output or error of a notebook: text goes to the recorder, in the order it was written."""

    encoding = "UTF-8"
    errors = "strict"

    def __init__(self, recorder: Recorder, name: str, descriptor: int) -> None:
        self._recorder, self._name, self._descriptor = recorder, name, descriptor

    @property
    def name(self) -> str:
        """The name Jupyter gives this stream."""
        return self._name

    def fileno(self) -> int:
        """The file below, for the processes a notebook starts."""
        return self._descriptor

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str) -> int:
        """Record the text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._recorder.text(self._name, text)
        return len(text)


class Beneath:
    """Text written past Python, by C code and child processes, found in a file as soon as an output is due."""

    def __init__(self, name: str, path: Path) -> None:
        self._name, self._path, self._read = name, path, 0

    def collect(self, recorder: Recorder) -> None:
        """Record what has been added since the last time."""
        size = self._path.stat().st_size if self._path.exists() else 0
        if size > self._read:
            with self._path.open("rb") as file:
                file.seek(self._read)
                text = file.read(4 * MOST_CHARACTERS).decode("utf-8", errors="replace")
            self._read = size
            recorder.text(self._name, text)


class Shell:
    """One notebook's shell: run its cells in turn, and each cell's outputs are in its list."""

    def __init__(self, *, beneath: Path | None = None) -> None:
        self.recorder = Recorder()
        self._shell = interactive_shell()
        self._shell.kernel.session.recorder = self.recorder
        if beneath:
            self.recorder.beneath = [Beneath(name, beneath / name) for name in ("stdout", "stderr")]
        sys.stdout = RecordingStream(self.recorder, "stdout", 1)
        sys.stderr = RecordingStream(self.recorder, "stderr", 2)
        builtins.input = _refuse
        # Charts are connected to this shell if their backend was imported before there was a shell.
        if (backend := sys.modules.get("matplotlib_inline.backend_inline")) is not None:
            backend._enable_matplotlib_integration()

    @property
    def count(self) -> int:
        """The number of the next cell to run."""
        return int(self._shell.execution_count)

    @property
    def left(self) -> bool:
        """Whether the notebook asked its kernel to exit."""
        return bool(self._shell.exit_now)

    def run(self, source: str, outputs: list[NotebookNode]) -> bool:
        """Run one cell, add its outputs to the list, and tell whether all went well."""
        self.recorder.outputs, self.recorder.clear_first = outputs, False
        result = self._shell.run_cell(source, store_history=True)
        self.recorder.settle()
        return bool(result.success) and not self._shell._last_traceback_during_displayhook


@cache
def interactive_shell() -> Any:
    """The shell of this process, made once: before the fork, so that no notebook waits for it."""
    config = Config()
    # A history would be a file shared by every process, and one more thread.
    config.HistoryManager.enabled = False
    session = RecordingSession()
    kernel = SimpleNamespace(eventloop=None, session=session)
    shell: Any = ZMQInteractiveShell.instance(config=config, user_ns={}, kernel=kernel, compiler_class=XCachingCompiler)
    for part in (shell.displayhook, shell.display_pub):
        part.session = session
    shell.displayhook.topic = b"execute_result"
    return shell


def taken() -> bool:
    """Whether this process runs a notebook already, or somebody else's shell."""
    theirs = InteractiveShell.initialized() and not interactive_shell.cache_info().currsize
    return theirs or isinstance(sys.stdout, RecordingStream)


def _refuse(*_: object) -> str:
    raise StdinNotImplementedError("A report is run unattended and cannot ask questions.")
