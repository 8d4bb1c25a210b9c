"""The papermill engines that run a notebook's cells, and the two names they are known by.

`ilacs-fork` runs the cells in the present process. It is meant for a process that was forked
for one notebook and is thrown away after it, which is what the pool does: nothing is started
and nothing is sent. `ilacs-kernel` starts an ordinary Jupyter kernel, for the platforms where
forking is not possible or not safe, and as the reference the other is compared with.

This module is imported by running processes only. It must not become a `papermill.engine`
entry point: papermill loads those while it is itself being imported.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from papermill.log import logger

from ilacs_audit.domain.errors import NotebookError
from ilacs_audit.engine.shell import Shell, taken

FORK = "ilacs-fork"
KERNEL = "ilacs-kernel"
SKIPPED = "skip-execution"
MAY_FAIL = "raises-exception"
# A socket's path may hold 107 characters, and jupyter_client adds "-5" to it.
_LONGEST_SOCKET = 100
Tell = Callable[[int], object]


class NotebookLeftError(Exception):
    """The notebook ended its own kernel."""


def _silent(_: int) -> None:
    """Tell nobody which cell runs."""


class ForkEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """Runs the cells in this process, which must be one made for this notebook alone."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, tell: Tell = _silent, beneath: Path | None = None, **_: Any
    ) -> None:
        """Run cell after cell until one fails; `tell` hears the index of each before it starts."""
        if taken():
            raise NotebookError(
                "This process already runs a notebook, and two would share everything.",
                fix=f"Run notebooks through ilacs-audit, or choose the engine {KERNEL}.",
            )
        shell = Shell(beneath=beneath)
        for index, cell in enumerate(nb_man.nb.cells):
            if not _is_run(cell):
                continue
            tell(index)
            nb_man.cell_start(cell, index)
            cell.execution_count = shell.count
            succeeded = shell.run(cell.source, cell.outputs) or MAY_FAIL in cell.metadata.get("tags", [])
            if not succeeded:
                nb_man.cell_exception(cell, cell_index=index)
            nb_man.cell_complete(cell, cell_index=index)
            if shell.left:
                raise NotebookLeftError
            if not succeeded:
                break


def _is_run(cell: Any) -> bool:
    return cell.cell_type == "code" and cell.source.strip() and SKIPPED not in cell.metadata.get("tags", [])


class KernelEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """Runs the cells in a Jupyter kernel of their own, with private connection files."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, tell: Tell = _silent, beneath: Path | None = None, **_: Any
    ) -> None:
        """Run all cells by papermill's own client, in a kernel whose files are beneath a folder."""
        client = PapermillNotebookClient(
            nb_man,
            km=_kernel_manager(beneath) if beneath else None,
            kernel_name=kernel_name,
            timeout=None,
            record_timing=False,
            shutdown_kernel="immediate",
            log=logger,
            on_cell_start=lambda cell, cell_index: tell(cell_index) if _is_run(cell) else None,
            on_cell_executed=lambda execute_reply, **_: _notice_exit(execute_reply),
        )
        client.execute(cleanup_kc=True, env=dict(os.environ))


def _notice_exit(reply: dict[str, Any]) -> None:
    """Notice `exit()`: the kernel obeys it a moment later, perhaps after the next cell."""
    if any(order.get("source") == "ask_exit" for order in reply["content"].get("payload", [])):
        raise NotebookLeftError


def _kernel_manager(folder: Path) -> AsyncKernelManager:
    """A manager whose sockets are files in a private folder, where the platform has such sockets.

    Left alone, jupyter_client makes them in the current folder, where two kernels that start
    at the same moment take each other's.
    """
    socket = str(folder / "kernel")
    where = {"transport": "ipc", "ip": socket} if os.name == "posix" and len(socket) < _LONGEST_SOCKET else {}
    return AsyncKernelManager(kernel_name="python3", connection_file=str(folder / "kernel.json"), **where)


def register() -> None:
    """Make both engines known to papermill."""
    papermill_engines.register(FORK, ForkEngine)
    papermill_engines.register(KERNEL, KernelEngine)
