"""The power card: what a number of files can and cannot show, said before the first one is read.

Most disappointment with an audit is settled in its plan. The card is printed by `ilacs-audit plan` and on
the protocol of a draw, so that nobody can later be surprised by "cannot tell" (methods, 6.2 and 11.3).
"""

from dataclasses import dataclass

from ilacs_audit.claims.words import capital, counted, percent, plural, points
from ilacs_audit.domain import given
from ilacs_audit.stats.intervals import upper_limit
from ilacs_audit.stats.sampling import (
    decisive_counts,
    detectable_change,
    needed,
    sample_size,
    sample_size_change,
    zero_failure_size,
)

MARGIN = 0.10
_CLUSTERS = "All of this assumes a simple random draw; files clustered by worker or family need more."


@dataclass(frozen=True)
class PowerCard:
    """What `files` of a list of `population` can show; None where a thing cannot be shown at all.

    `per_round` is the size for the stated aim (`before` to `after`), `for_margin` the size for `margin`,
    `met_from` and `not_met_to` the counts that decide the target, `clean` the files that all have to meet
    it, `smallest_rise` what two rounds of `files` would have shown, `none_found` what finding no failure
    still allows (children, or a share without a list).
    """

    files: int | None
    population: int | None
    target: str | None
    margin: float
    for_margin: int
    own_margin: float | None
    met_from: int | None
    not_met_to: int | None
    clean: int | None
    none_found: float | None
    expected: float
    smallest_rise: float | None
    before: float | None
    after: float | None
    per_round: int | None

    def lines(self) -> tuple[str, ...]:
        """The card as sentences, in the order in which a planner asks."""
        parts = (self._aim(), self._size(), *self._sample(), *self._target(), *self._change(), _CLUSTERS)
        return tuple(part for part in parts if part)

    def _of(self) -> str:
        return f" of {self.population:,} on the list" if self.population is not None else " (no list)"

    def _aim(self) -> str:
        """Tell 60 from 80: the size each round needs, and whether the files planned are enough."""
        if self.per_round is None or self.before is None or self.after is None:
            return ""
        aim = f"To tell {percent(self.before)} from {percent(self.after)}: {self.per_round:,} files in each round."
        if self.files is None:
            return aim
        if self.files >= self.per_round:
            return f"{aim} The {self.files:,} planned are enough."
        return f"{aim} The {self.files:,} planned are not enough: expect to read 'cannot tell'."

    def _size(self) -> str:
        share = f"To know a share to within {points(self.margin)} either way: {counted(self.for_margin, 'file')}"
        return f"{share}{self._of()}."

    def _sample(self) -> tuple[str, ...]:
        if self.files is None or self.own_margin is None:
            return ()
        if self.files == self.population:
            return (f"{counted(self.files, 'file')} are the whole list: the count itself is the answer.",)
        margin = f"{counted(self.files, 'file')}{self._of()} give a share to within about {points(self.own_margin)}."
        return margin, self._none_found()

    def _none_found(self) -> str:
        if self.none_found is None or self.files is None:
            return ""
        if self.population is None:
            return f"If none of {self.files:,} fails, up to {percent(self.none_found)} may still fail (95% limit)."
        most = f"{counted(int(self.none_found), 'child')} of {self.population:,}"
        return f"If none of {self.files:,} fails, up to {most} may still fail (95% limit)."

    def _target(self) -> tuple[str, ...]:
        if self.target is None:
            return ()
        target = f"{_exact_percent(self.target)} target"
        least = f"At least {counted(self.clean, 'file')}, all meeting it, to show that it is met." if self.clean else ""
        if self.files is None:
            return (f"{capital(target)}: {_lower(least) or 'no sample can show that it is met.'}",)
        shown = [self._shows(target), f"It takes {_lower(least)}" if least and self.met_from is None else ""]
        return (" ".join(part for part in shown if part),)

    def _shows(self, target: str) -> str:
        """Which counts would decide the target, in one sentence for each side."""
        met = (
            f"met only from {self.met_from} of {self.files}"
            if self.met_from is not None
            else f"never met, even if all {self.files} meet it"
        )
        missed = f"not met up to {self.not_met_to}" if self.not_met_to is not None else "never not met"
        return f"{capital(target)} with {counted(self.files or 0, 'file')}: {met}; {missed}."

    def _change(self) -> tuple[str, ...]:
        if self.files is None:
            return ()
        rounds = f"Two rounds of {self.files:,} {plural('file', self.files)}, starting from {percent(self.expected)},"
        if self.smallest_rise is None:
            return (f"{rounds} cannot show any rise, not even one to 100%.",)
        return (f"{rounds} show a rise of about {points(self.smallest_rise)} four times in five.",)


def power_card(
    files: int | None = None,
    *,
    population: int | None = None,
    target: str | None = None,
    before: float | None = None,
    after: float | None = None,
    margin: float = MARGIN,
    expected: float = 0.5,
) -> PowerCard:
    """Work out, before auditing, what this many files can and cannot show.

    Parameters
    ----------
    files
        The number planned; without it the card gives sizes only.
    population
        The number on the list; without it the card speaks of practice in general.
    target
        The target as it is written, such as "0.9".
    before, after
        The aim: to tell one share from another in two rounds.
    margin
        The precision wanted for one share.
    expected
        The share to start from: where the sample is least certain if nothing is known, one half.

    >>> power_card(before=0.6, after=0.8).per_round
    82
    >>> power_card(population=100, margin=0.10).for_margin
    50
    >>> power_card(12, population=60, target="0.9").lines()[2]
    'If none of 12 fails, up to 11 children of 60 may still fail (95% limit).'
    """
    _checked(files, population, target=target, before=before, after=after, margin=margin, expected=expected)
    planned = None if files is None else min(files, population) if population is not None else files
    decisive = decisive_counts(planned, target, population=population) if planned and target else None
    level = before if before is not None else expected
    return PowerCard(
        files=planned,
        population=population,
        target=target,
        margin=margin,
        for_margin=sample_size(population, margin=margin),
        own_margin=_own_margin(planned, population),
        met_from=decisive.met if decisive else None,
        not_met_to=decisive.not_met if decisive else None,
        clean=zero_failure_size(population, target=target) if target else None,
        none_found=upper_limit(0, planned, population=population) if planned else None,
        expected=level,
        smallest_rise=detectable_change(planned, planned, level) if planned else None,
        before=before,
        after=after,
        per_round=sample_size_change(before, after) if before is not None and after is not None else None,
    )


def _checked(files: object, population: object, *, target: str | None, **shares: object) -> None:
    """Refuse sizes that are no counts and shares that are no shares: 80 may have meant 80%."""
    given.count(files, "files", least=1)
    given.count(population, "population", least=1)
    given.written_share(target, "target")
    for name, value in shares.items():
        given.share(value, name)


def _own_margin(files: int | None, population: int | None) -> float | None:
    """The finest whole-point margin that this many files reach at a share of one half."""
    if not files:
        return None
    reached = (size / 100 for size in range(1, 100) if sample_size(population, margin=size / 100) <= files)
    return next(reached, 1.0)


def _exact_percent(target: str) -> str:
    """The target as a person wrote it: 92.5% stays 92.5%."""
    whole = needed(target, 1000)
    return f"{whole // 10}%" if whole % 10 == 0 else f"{whole / 10:.1f}%"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
