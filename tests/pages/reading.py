"""A finished page as a tree, read with the standard library alone, and the words in it."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {"p", "li", "td", "th", "tr", "div", "dd", "dt", "h1", "h2", "h3", "small", "caption", "summary", "text"}
_COUNT = re.compile(r"(?<![\d.,])(\d[\d,]*) of (?:the )?(\d[\d,]*)")


@dataclass(eq=False)
class Node:
    """One element: its name, attributes, children (elements and texts) and parent."""

    name: str
    attrs: dict[str, str]
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)

    def walk(self):
        """This element and all below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, *names):
        """Every element below with one of these names."""
        return [each for each in self.walk() if each.name in names]

    def classed(self, name):
        """Every element below that has a class."""
        return [each for each in self.walk() if name in each.attrs.get("class", "").split()]

    @property
    def text(self):
        """The words a reader sees, blocks kept apart; a style sheet is not words, nor is a figure's reference code."""
        return " ".join("".join(_texts(self)).split())

    @property
    def ancestors(self):
        """The elements this one lies in, nearest first."""
        here = self.parent
        while here is not None:
            yield here
            here = here.parent

    @property
    def before(self):
        """The element that stands just before this one, or None."""
        beside = [each for each in self.parent.children if isinstance(each, Node)]
        place = next(number for number, each in enumerate(beside) if each is self)
        return beside[place - 1] if place else None


def _texts(node):
    if node.name in ("style", "script"):
        return
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif "ia-ref" not in child.attrs.get("class", "").split():
            yield from _texts(child)
            yield " " if child.name in BLOCKS else ""


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("page", {})
        self.doctype, self.faults = "", []

    def handle_decl(self, decl):
        self.doctype = decl

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> says {name} twice" for name in names if names.count(name) > 1]
        made = Node(tag, {name: each or "" for name, each in attrs}, self.here)
        self.here.children.append(made)
        if tag not in VOID and not self.get_starttag_text().endswith("/>"):
            self.here = made

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag != self.here.name:
            self.faults.append(f"</{tag}> closes <{self.here.name}>")
        elif self.here.parent is not None:
            self.here = self.here.parent

    def handle_data(self, data):
        self.here.children.append(data)


@dataclass(frozen=True)
class Page:
    """A page: its file, its text as written, its tree, and where tags do not match."""

    path: object
    source: str
    root: Node
    doctype: str
    faults: tuple[str, ...]

    @property
    def audience(self):
        return self.path.parts[-3]

    @property
    def name(self):
        return f"{self.audience}/{self.path.name}"

    @property
    def main(self):
        return self.root.all("main")[0]


@cache
def page(path):
    """Read a page."""
    source = path.read_text(encoding="utf-8")
    builder = _Builder()
    builder.feed(source)
    builder.close()
    return Page(path, source, builder.root, builder.doctype, tuple(builder.faults))


def counts_of(text):
    """Every "k of n" in a text.

    >>> counts_of("7 of 19 files, and 6 of the 20")
    [(7, 19), (6, 20)]
    """
    return [(int(k.replace(",", "")), int(n.replace(",", ""))) for k, n in _COUNT.findall(text)]


def told(page):
    """Every text of a page that can carry a number: words, drawings' words and what is read aloud."""
    aloud = [
        each.attrs[name] for each in page.root.walk() for name in ("aria-label", "alt", "title") if name in each.attrs
    ]
    return [page.main.text, *aloud]


def beyond(path, sizes):
    """The rows of a data file that ask for more files than the list of their audit holds, by audit in `sizes`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            size, asked = sizes.get(row["audit"]), row["files_to_tell"]
            if size and asked.isdecimal() and int(asked) > size:
                yield path.name, row["measure"], row["standard_id"], asked
