"""Mend the YAML files that people edit: what they wrote beside the content stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain.errors import CatalogueError


@contextmanager
def edited(path: Path) -> Iterator[Any]:
    r"""The content of a YAML file, to be changed in place; what people wrote beside it stays.

    Comments, quotes, order and long lines are kept. The file is replaced in one step when the block
    ends, and stays as it was where the block fails. An absent or empty file starts as an empty section.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "columns.yml"
    >>> _ = path.write_text("# Ours.\nignore:\n  - 'No.'  # the form adds it\n", encoding="utf-8")
    >>> with edited(path) as content:
    ...     content["ignore"].append("Rota: week")
    >>> print(path.read_text(encoding="utf-8"), end="")
    # Ours.
    ignore:
      - 'No.'  # the form adds it
      - 'Rota: week'
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.error import YAMLError

    writer = YAML()
    writer.preserve_quotes, writer.width, writer.allow_unicode = True, 10_000, True
    writer.indent(mapping=2, sequence=4, offset=2)
    text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    try:
        content = writer.load(text)
    except YAMLError:
        raise CatalogueError("The file is not YAML.", where=path.name, fix="Check indents and colons.") from None
    if content is None:
        content = CommentedMap()
        content.yaml_set_start_comment(text.replace("# ", "").strip()) if text.strip() else None
    yield content
    made = BytesIO()
    writer.dump(content, made)
    write_whole(path, made.getvalue())
