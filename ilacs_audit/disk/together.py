"""Put several files in place together: all of them, or none."""

import contextlib
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from ilacs_audit.disk.writing import replacing, write_whole


def write_together(files: Mapping[Path, bytes | None]) -> None:
    """Replace files, and remove those that are None, in the order given; where one cannot be, all stay as they were.

    Every text is on the disk before the first file is replaced, so that a full disk changes nothing.
    """
    before = {path: path.read_bytes() if path.is_file() else None for path in files}
    try:
        with ExitStack() as staged:
            for path, content in reversed(list(files.items())):
                if content is not None:
                    staged.enter_context(replacing(path)).write_bytes(content)
        for path in (path for path, content in files.items() if content is None):
            path.unlink(missing_ok=True)
    except BaseException:
        for path, content in before.items():
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True) if content is None else write_whole(path, content)
        raise
