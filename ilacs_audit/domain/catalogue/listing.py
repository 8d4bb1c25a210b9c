"""What a notebook shows of a thing that is a list of others: a sentence and a plain table, without looks of its own."""

from collections.abc import Iterable, Sequence
from html import escape


def listing(sentence: str, titles: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A sentence over a table, as HTML; every word is escaped.

    >>> listing("Two & one", ("A",), [("<b>",)])
    '<p>Two &amp; one</p><table><thead><tr><th>A</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{escape(each)}</th>" for each in titles)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in line)}</tr>" for line in lines)
    return f"<p>{escape(sentence)}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
