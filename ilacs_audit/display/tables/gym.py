"""The tables of the calibration gym: readers beside the anchor, questions to talk about, drift, other councils."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ilacs_audit.claims.sentences.readers.gym import FIRST, METHOD, drift_words, luck_words, question_shows
from ilacs_audit.claims.words import capital, counted, number_word, percent
from ilacs_audit.display.figures import k_of_n, likely_range
from ilacs_audit.display.fragments import Fragment, Fragments, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.agreement import UNLABELLED
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable
from ilacs_audit.domain.given import table_of
from ilacs_audit.domain.measures import Row

_AGAINST = ("gym_same", "gym_near", "gym_kinder", "gym_harsher")
_IN_ORDER = "In the order of the made-up ids, which is no order of merit. Each line is its reader's own business."
_ALONE = "Not to be shown to a room: open it to tell each reader their own line"
MOST_TO_TALK_ABOUT = 8
_SOME = "Give the table of ia.load_gym(folder)."
_READERS = ("Reader", "Same as the anchor", "Within one grade", "Kinder", "Harsher", "Kappa, linear", "AC2, linear")
_COUNCILS = ("Council", "Readers", "Same as the anchor", "Kinder", "Harsher", "Pairs of answers alike")


def gym_readers_table(released: pd.DataFrame, *, finding: str = "Reader by reader, beside the anchor") -> Fragment:
    """Show each reader's answers beside the anchor, with kappa and AC2 of those who graded eight extracts or more."""
    found = [row for row in released_rows(released) if row.group in ("reader", "coefficient") and not row.hidden]
    placed = {(row.level, row.measure): row for row in found}
    names = dict.fromkeys(row.level for row in found if row.group == "reader")
    lines = [Line(name, _of_reader(name, placed)) for name in names]
    columns = (Column(_READERS[0]), *(Column(title, "num") for title in _READERS[1:]))
    kept = [row for row in found if row.level in names]
    note = f"{_IN_ORDER} {UNLABELLED}"
    return _part(
        "gym_readers_table",
        kept,
        finding,
        PageTable("Answers of each reader.", columns, tuple(lines)),
        note,
        fold=_ALONE,
    )


def _of_reader(name: str, placed: Mapping[tuple[str, str], Row]) -> tuple[Cell, ...]:
    shares = tuple(_share(placed.get((name, measure)), ranged=measure == "gym_same") for measure in _AGAINST)
    return (*shares, *(_coefficient(placed.get((name, each))) for each in ("reader_kappa", "reader_ac2")))


def _share(row: Row | None, *, ranged: bool = True) -> Cell:
    if row is None or row.hidden:
        return Cell("none")
    small = [percent(row.value)] if row.value is not None else []
    small += [f"likely {likely_range(row)}"] if ranged and row.lower is not None else []
    return Cell(k_of_n(row), tuple(small))


def _coefficient(row: Row | None) -> Cell:
    if row is None:
        return Cell(small=("too few",))
    if row.value is None:
        return Cell(small=(row.note,))
    return Cell(k_of_n(row), (f"likely {likely_range(row)}",) if row.lower is not None else ())


def gym_questions_table(
    released: pd.DataFrame, *, gradings: pd.DataFrame, finding: str = "Which questions split people?"
) -> Fragments:
    """Show the questions to talk about first, those whose anchor is in doubt before those that split most; all folded.

    `gradings` is the table of `load_gym`, which holds the words of each question.
    """
    table_of(gradings, ("pack", "question", "asked", "vignette"), "gradings", _SOME)
    found, words = released_rows(released), _words(gradings)
    asked = [row for row in found if row.measure == "gym_question" and not row.hidden]
    talk = sorted((row for row in asked if row.verdict), key=lambda row: (row.verdict == "split", row.centre or 0.0))
    said = luck_words(found) or "Fewer than five people graded any question, so none can be said to split them."
    more = (
        f" The {number_word(MOST_TO_TALK_ABOUT)} that readers differ on most stand here."
        if len(talk) > MOST_TO_TALK_ABOUT
        else ""
    )
    first = fragment("gym_split", template="list.html.j2", heading=finding, items=[f"{said}{more}"])
    ours = [row for row in found if row.measure == "gym_split"]
    told, every = (_questions(each, words) for each in (talk[:MOST_TO_TALK_ABOUT], asked))
    return Fragments(
        (
            Fragment(first.kind, first.html, {"released": records(ours)}),
            _part("gym_questions_table", talk[:MOST_TO_TALK_ABOUT], "Questions to talk about", told),
            _part("gym_questions_table", asked, "Every question", every, fold="How each was graded"),
        )
    )


def _words(gradings: pd.DataFrame) -> Mapping[tuple[str, str], str]:
    """What each question asks, by the pack and its place there."""
    names = zip(*(gradings[name].astype(str) for name in ("pack", "question", "asked", "vignette")), strict=True)
    return {(pack, question): f"{asked} ({vignette.replace('-', ' ')})" for pack, question, asked, vignette in names}


def _questions(found: Sequence[Row], words: Mapping[tuple[str, str], str]) -> PageTable:
    titles = ("Grades given", "Anchor, and why", "What it shows")
    columns = (Column("Question"), Column("Same as the anchor", "num"), *(Column(title, "words") for title in titles))
    lines = tuple(_question(row, words.get((row.period, row.level), "")) for row in found)
    return PageTable("Each question of an extract, as it was graded.", columns, lines)


def _question(row: Row, asked: str) -> Line:
    anchor, _, why = row.reason.partition(": ")
    cells = (
        *(Cell(k_of_n(row)), Cell(capital(row.note))),
        *(Cell(capital(anchor), (why,)), Cell(question_shows(row))),
    )
    return Line(f"{row.level}, {row.standard_id}", cells, remark=asked)


def gym_standards_table(
    released: pd.DataFrame,
    *,
    gradings: pd.DataFrame,
    finding: str = "How often was the anchor's grade given, standard by standard?",
) -> Fragment:
    """Show of each standard how many answers were the anchor's grade; `gradings` hold the words of each standard."""
    table_of(gradings, ("standard_id", "asked"), "gradings", _SOME)
    found = [row for row in released_rows(released) if row.group == "standard" and not row.hidden]
    words = dict(zip(gradings["standard_id"], gradings["asked"], strict=True))
    lines = tuple(
        Line(row.standard_id, (_share(row, ranged=False),), remark=str(words.get(row.standard_id, ""))) for row in found
    )
    table = PageTable(
        "All questions of this pack on one standard.", (Column("Standard"), Column(_READERS[1], "num")), lines
    )
    return _part("gym_standards_table", found, finding, table, fold="Every standard")


def gym_drift_table(
    released: pd.DataFrame, *, finding: str = "Have readers drifted since the pack before?"
) -> Fragment:
    """Show whether those who graded the pack before are nearer to the anchor now, and whether they are kinder."""
    found = [row for row in released_rows(released) if row.measure in ("gym_drift", "gym_linked") and not row.hidden]
    linked = next((row for row in found if row.measure == "gym_linked"), None)
    if linked is None:
        return fragment("gym_drift_table", template="list.html.j2", heading=finding, items=[FIRST])
    whose = counted(linked.numerator or 0, "reader")
    both = f"Of the answers of {whose} to questions of both packs, the anchor's grade was given in {linked.note}."
    words = [capital(drift_words(row)) for row in found if row.measure == "gym_drift"]
    told = [f"{name}: {said}." for name, said in zip(("Beside the anchor", "Kinder or harsher"), words, strict=True)]
    made = fragment("gym_drift_table", template="list.html.j2", heading=finding, items=[both, *told])
    return Fragment(made.kind, made.html, {"released": records(found)})


def gym_councils_table(
    released: pd.DataFrame, *, finding: str = "Your council and others, on the same pack"
) -> Fragment:
    """Show councils that graded the same pack side by side, yours first; nothing where yours is alone."""
    found = [row for row in released_rows(released) if row.group == "council" and not row.hidden]
    placed = {(row.level, row.measure): row for row in found}
    measures = ("gym_same", "gym_kinder", "gym_harsher", "gym_pairs")
    lines = [
        Line(
            name,
            (
                Cell(k_of_n(placed[name, "gym_readers"])),
                *(_share(placed.get((name, each)), ranged=each in ("gym_same", "gym_pairs")) for each in measures),
            ),
        )
        for name in dict.fromkeys(row.level for row in found)
    ]
    columns = (Column(_COUNCILS[0]), *(Column(title, "num") for title in _COUNCILS[1:]))
    note = "Where two ranges overlap, these extracts do not tell the two councils apart."
    return _part(
        "gym_councils_table", found, finding, PageTable("Answers of each council.", columns, tuple(lines)), note
    )


def gym_method(released: pd.DataFrame) -> Fragment:
    """How the numbers of the gym were made."""
    released_rows(released)
    return fragment("gym_method", template="list.html.j2", heading="How this was worked out", items=list(METHOD))


def _part(
    kind: str, found: Sequence[Row], finding: str, table: PageTable, note: str = "", *, fold: str = ""
) -> Fragment:
    if not table.lines:
        return nothing(kind)
    return fragment(
        kind,
        template="part.html.j2",
        data={"released": records(found)},
        finding=finding,
        table=table,
        note=note,
        fold=fold,
    )
