"""Which code this is and what it stands on: other code may read, count or print otherwise."""

import platform
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint

_RELEVANT = ("ilacs_audit", "pandas", "numpy", "scipy", "statsmodels", "matplotlib", "papermill", "nbconvert")
_IF_INSTALLED = ("gptables", "splink", "duckdb")
_SOURCES = ("*.py", "*.j2", "*.css", "*.json")


@cache
def package_fingerprint() -> str:
    """The content of the package's own source, templates and style, and the versions beneath it."""
    package = Path(__file__).parents[1]
    files = sorted({path for pattern in _SOURCES for path in package.rglob(pattern) if "template/" not in str(path)})
    return fingerprint(versions(), [(str(path.relative_to(package)), file_fingerprint(path)) for path in files])


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that make numbers or pages."""
    names = (*_RELEVANT, *(name for name in _IF_INSTALLED if find_spec(name)))
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in names}}
