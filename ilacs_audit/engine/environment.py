"""The variables and folders every notebook runs with, whichever route runs it.

Numbers, tables and pictures change with the environment: how many threads add up a column,
whether pandas believes that it is in a notebook, which figures a chart backend shows, in
which order a set is walked. Both routes start from the same words, or their bytes differ.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path

FIXED = {
    # One thread per process: a fork copies only the thread that forks, and sums done by one
    # thread always add up in the same order. pyarrow reads OMP_NUM_THREADS for its own pool.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    # Arrow's own allocator and eight reading threads cost each process 17 MiB and no report a second.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "ARROW_IO_THREADS": "1",
    # Read by matplotlib when it is imported; without it charts vanish without a word.
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    # Sets of strings are walked in the same order in every run and on both routes.
    "PYTHONHASHSEED": "0",
    # A line on standard error at every start of a kernel otherwise.
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}

# rfc3987_syntax costs 0.76 s at import, and jsonschema, the only one to ask for it, does
# without it when the import fails (performance.md 1.4). debugpy serves a debugger nobody runs.
UNWANTED = ("rfc3987_syntax", "debugpy")


def variables(folder: Path) -> dict[str, str]:
    """The environment for a process that runs notebooks, with everything private under `folder`."""
    private = {
        "TMPDIR": str(folder),
        # No profile, start-up file or kernel of the user's reaches a report.
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter-config"),
        "JUPYTER_RUNTIME_DIR": str(folder / "jupyter-runtime"),
        "JUPYTER_PATH": str(folder / "jupyter"),
    }
    # The other process imports the package that called it, and no other version of it.
    places = (os.environ.get("PYTHONPATH", ""), str(Path(__file__).parents[2]))
    return {**os.environ, **FIXED, **private, "PYTHONPATH": os.pathsep.join(filter(None, places))}


def bootstrap(module: str) -> list[str]:
    """The command that starts `module.main()` in a process that never imports what is unwanted.

    Nor what lies in the folder it is called from, where a person's own `six.py` would stop every notebook.
    """
    here = f"from {__name__} import without_unwanted; without_unwanted({module + ':main'!r})"
    return [sys.executable, "-P", "-c", here]


def without_unwanted(name: str, *told: object) -> None:
    """Call `package.module:function` in this process, which from now on never imports what is unwanted."""
    sys.modules.update(dict.fromkeys(UNWANTED))  # type: ignore[arg-type]  # None is what stops an import
    module, _, function = name.partition(":")
    getattr(import_module(module), function)(*told)


def write_kernelspec(folder: Path) -> None:
    """Describe this very interpreter as the kernel, so that no other `python3` is picked up."""
    place = folder / "jupyter" / "kernels" / "python3"
    place.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": command, "display_name": "Python 3", "language": "python"}
    (place / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
