"""Which code this is and what it stands on: other code may read, count or print otherwise."""

import platform
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint

_RELEVANT = ("ilacs_audit", "pandas", "numpy", "scipy", "statsmodels", "matplotlib", "papermill", "nbconvert")
_IF_INSTALLED = ("gptables", "splink", "duckdb")


@cache
def package_fingerprint() -> str:
    """The content of every file of the package, its words and weights too, and the versions beneath it."""
    package = Path(__file__).parents[1]
    files = sorted(path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return fingerprint(versions(), [(str(path.relative_to(package)), file_fingerprint(path)) for path in files])


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that make numbers or pages."""
    names = (*_RELEVANT, *(name for name in _IF_INSTALLED if find_spec(name)))
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in names}}
