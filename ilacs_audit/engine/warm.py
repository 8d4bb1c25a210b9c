"""What is imported once so that no notebook has to, and whether forking is safe after it."""

import gc
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from types import ModuleType

from ilacs_audit.domain.errors import AuditError, NotebookError
from ilacs_audit.engine.environment import write_kernelspec
from ilacs_audit.engine.jobs import Batch, Job
from ilacs_audit.engine.notebook import function, opened
from ilacs_audit.engine.papermill_engine import register
from ilacs_audit.engine.processes import can_fork, threads
from ilacs_audit.engine.shell import interactive_shell


def made_warm(batch: Batch, jobs: Sequence[tuple[int, Job]]) -> str | AuditError:
    """Warm this process up, and say why it must not fork, or what is wrong; nothing if all is well."""
    write_kernelspec(batch.folder)
    try:
        for name in batch.preload if batch.engine != "kernel" and can_fork() else ():
            try:
                import_module(name)
            except ImportError as error:
                what = f"The module {name}, which notebooks need, cannot be imported."
                raise NotebookError(what, fix="Install it, or correct its name.") from error
        ready(batch)
    except AuditError as error:
        return error
    for _, job in jobs:
        with suppress(NotebookError):
            opened(job.notebook)
    interactive_shell()
    # The width of tables, which pandas chooses by asking, at import, whether it is in a kernel.
    pandas = sys.modules.get("pandas")
    if pandas is not None and pandas.get_option("display.max_columns") == 0:
        pandas.set_option("display.max_columns", 20)
    # A warning that Python shows once per place is to be shown once per notebook. Each child would copy 13 MiB for it.
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType):
            vars(module).pop("__warningregistry__", None)
    gc.collect()
    gc.freeze()
    return unsafe()


def ready(batch: Batch) -> None:
    """Do once what comes before a job wherever its process comes from."""
    register()
    if batch.finish:
        function(batch.finish)
    if batch.prepare:
        function(batch.prepare)(**batch.prepare_options)


def unsafe() -> str:
    """Why this process may not fork, or an empty string."""
    if threads() != 1:
        return f"the imported modules started {threads() - 1} threads"
    zmq = sys.modules.get("zmq")
    if zmq is not None and zmq.Context._instance is not None:
        return "the imported modules opened a messaging context"
    return ""
