"""Read and mend the YAML files that people edit: one reader, one fault shape, and comments that stay.

Everything is read as text with its line, never as what YAML 1.1 guesses: `no` is not false, 0012345
keeps its noughts and `on` is a key like any other. What a word means is for the field that wants it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain.catalogue.faults import Items, Section
from ilacs_audit.domain.errors import CatalogueError, quoted

# Both make nodes only; the one in C reads a catalogue several times faster where it is there.
_PLAIN: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS = {
    f"tag:yaml.org,2002:{kind}"
    for kind in ["str", "int", "float", "bool", "null", "timestamp", "value", "merge", "map", "seq"]
}
_REPEATS = 1000  # a part that an asterisk repeats more often than that holds itself
_NOTHING = ("", "~", "null", "Null", "NULL")
# What British text holds beyond ASCII: where a file that is not UTF-8 holds nothing else, Windows wrote it.
_MARKED = ("utf-16", "utf-8-sig")
_ANSI = frozenset("‘’“”–—…•£€©°½¼¾·ÀÁÂÄÇÈÉÊËÍÎÏÑÓÔÖÚÛÜàáâäçèéêëíîïñóôöúûüŵ\u00a0")
_HINTS = {
    "mapping values are not allowed": "Put the text in quotes, as it holds a colon; or mend the indent.",
    "alias": "Put what starts with * or & in quotes.",
    "quoted scalar": "Close the quotation mark.",
    "cannot start any token": "Put the text in quotes: it starts with a sign that YAML keeps for itself.",
    "expected ',' or": "Close the bracket, or put the text in quotes.",
}


def read_yaml(path: Path) -> Any:
    """Read one YAML file as text, lists (`Items`) and sections (`Section`), each with its lines; empty is None.

    Raises CatalogueError with the line.
    """
    return parse_yaml(read_text(path), file=path.name)


def read_text(path: Path) -> str:
    """The text of a file that a person saved: UTF-8, with a byte order mark or not, UTF-16, or what Windows calls ANSI.

    Raises CatalogueError where it is missing, and where nobody can say for certain which letters it holds.
    """
    try:
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError):
        fix = "Put it back, or begin with a workbook: ilacs-audit new WORKBOOK."
        raise CatalogueError("The file is missing.", where=path.name, fix=fix) from None
    for charset in _charsets(content):
        with suppress(UnicodeDecodeError):
            text = content.decode(charset)
            if "\0" not in text and (charset in _MARKED or all(each < "\x7f" or each in _ANSI for each in text)):
                return text.replace("\r\n", "\n").replace("\r", "\n")
    fix = "Save it again as UTF-8: in Notepad it is a choice beside the file's name."
    raise CatalogueError("The file is not saved as UTF-8.", where=path.name, fix=fix)


def _charsets(content: bytes) -> tuple[str, ...]:
    """How a file can be read, told by its start: UTF-16 has a mark there, or a nought beside each letter."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    if b"\0" in content[:2]:
        return ("utf-16-be" if content[:1] == b"\0" else "utf-16-le",)
    return ("utf-8-sig", "cp1252")


def parse_yaml(text: str, *, file: str) -> Any:
    r"""Read YAML as text with its lines.

    >>> parse_yaml("on: no\nref: 0012345", file="a.yml")
    {'on': 'no', 'ref': '0012345'}
    """
    text = re.sub("^[ \u00a0]+", lambda indent: " " * len(indent[0]), text, flags=re.MULTILINE)  # as Word pastes it
    loader = _PLAIN(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _plain(node, file, Counter())
    except yaml.YAMLError as problem:
        opened = any(each in str(getattr(problem, "context", "")) for each in ("flow", "quoted"))
        mark = getattr(problem, "context_mark" if opened else "problem_mark", None)
        line = mark.line if mark else -1
        where = f"{file}, line {line + 1}" if line >= 0 else file
        raise CatalogueError("The file is not YAML.", where=where, fix=_hint(problem, text, line)) from None
    except RecursionError:
        raise CatalogueError("The file is not YAML: it never ends.", where=file, fix="Check the indents.") from None
    finally:
        loader.dispose()


def _hint(problem: yaml.YAMLError, text: str, line: int) -> str:
    written = text.split("\n")[line] if 0 <= line <= text.count("\n") else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return "A tab stands here: put spaces in its place."
    said = f"{getattr(problem, 'context', '')} {getattr(problem, 'problem', '')}"
    return next((hint for sign, hint in _HINTS.items() if sign in said), "Check indents and colons.")


def _plain(node: Any, file: str, seen: Counter[int]) -> Any:
    where = f"{file}, line {node.start_mark.line + 1}"
    if node.tag not in _TAGS:
        raise CatalogueError("The file is not YAML that holds plain text.", where=where, fix="Put the text in quotes.")
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in _NOTHING else node.value
    seen[id(node)] += 1
    if seen[id(node)] > _REPEATS:
        fix = "Write it out here, or put what starts with * or & in quotes."
        raise CatalogueError("A part of the file repeats itself by an asterisk.", where=where, fix=fix)
    if isinstance(node, yaml.MappingNode):
        return _section(node, file, seen)
    items = Items(_plain(each, file, seen) for each in node.value)
    items.lines = [each.start_mark.line + 1 for each in node.value]
    return items


def _section(node: Any, file: str, seen: Counter[int]) -> Section:
    section = Section()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise CatalogueError("A key is not text.", where=f"{file}, line {line}", fix="Put the text in quotes.")
        if key.value in section:
            where = f"{file}, lines {section.lines[key.value]} and {line}"
            fix = "Keep one of them, or give each its own name."
            raise CatalogueError(f"{quoted(key.value)} is written twice.", where=where, fix=fix)
        section[key.value] = _plain(value, file, seen)
        section.lines[key.value] = line
    return section


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
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.error import YAMLError

    writer = round_trip()
    text = read_text(path) if path.exists() else ""
    parse_yaml(text, file=path.name)
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


def round_trip() -> Any:
    """The reader and writer that keeps comments, quotes and order."""
    from ruamel.yaml import YAML

    writer = YAML()
    writer.preserve_quotes, writer.width, writer.allow_unicode = True, 10_000, True
    writer.indent(mapping=2, sequence=4, offset=2)
    return writer


def prose(text: str) -> Any:
    """Sentences as `edited` writes them: in a block, as a person would, and not in quotes."""
    from ruamel.yaml.scalarstring import LiteralScalarString

    return LiteralScalarString(text)
