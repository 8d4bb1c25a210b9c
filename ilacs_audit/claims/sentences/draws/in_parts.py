"""What a draw in two phases can show before a file is read: flagged files in full, and some of the rest by chance."""

from collections.abc import Iterator

from ilacs_audit.claims.sentences.power import power_card
from ilacs_audit.claims.words import count_of, counted, percent, points
from ilacs_audit.stats.target import decisive_counts, needed


def two_phase_card(files: int, *, population: int, flagged: int, target: str | None = None) -> Iterator[str]:
    """Say what each part of the list will tell, and from which counts of the rest the whole list meets a target.

    >>> list(two_phase_card(37, population=110, flagged=12, target="0.8"))[-2]
    '80% target for all 110: if none of the 12 flagged meets it, never met; if all do, met from 24 of 25 of the rest.'
    """
    rest, drawn = population - flagged, files - flagged
    near = power_card(drawn, population=rest).own_margin or 1
    yield f"{counted(flagged, 'flagged file')} of {population:,} are read in full: their count is the answer for them."
    yield (
        f"Of the other {rest:,}, {drawn:,} are drawn by chance. They give the share of that part to within about "
        f"{points(near)}, and that of the whole list to within about {points(near * rest / population)}."
    )
    if target is not None:
        need = needed(target, population)
        lowest, highest = (_from(need - met, rest, drawn) for met in (0, flagged))
        none, every = (f"met from {each} of the rest" if each else "never met" for each in (lowest, highest))
        told = f"if none of the {flagged:,} flagged meets it, {none}; if all do, {every}."
        yield f"{percent(float(target))} target for all {population:,}: {told}"
    yield "What flagged files show is not what the rest would: their share among those read says nothing of the list."


def _from(need: int, rest: int, drawn: int) -> str:
    """From how many of those drawn so many of the rest are shown; nothing where no count shows it."""
    if need > rest:
        return ""
    met = 0 if need <= 0 else decisive_counts(drawn, f"{need}/{rest}", population=rest).met
    return "" if met is None else count_of(met, drawn)
