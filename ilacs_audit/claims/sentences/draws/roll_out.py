"""What an order of training that was drawn lets one say of the teams that came first: described, and no verdict."""

from collections.abc import Iterator, Sequence

from ilacs_audit.claims.words import counted, number_word, percent, plural, signed_points
from ilacs_audit.stats.lists.order import Waiting, order_test

NOT_AS_DRAWN = "Teams were not trained in the order that was drawn, so chance did not decide who came first: no test."
NOT_OF_THE_SEED = (
    "The order is not the one that its seed, {seed}, draws of these teams, so chance did not decide who came first: no "
    "test. Give the file that ilacs-audit draw --teams wrote, with the days filled in and nothing else changed."
)
SEVERAL = "{many} standards were tried: of the order alone 1 in 20 of them would look like more than that."
NOT_OF_THE_ORDER = "Left out, as the order does not have them: files of {teams}."
_LIKELY = 0.05


def order_words(standard: str, rounds: Sequence[Waiting], *, seed: int) -> Iterator[str]:
    """Say of a standard what teams already trained show beside those still waiting, and what the order alone could do.

    >>> list(order_words("VIS-1", [Waiting(2, [9, 8, 4, 5], [10, 10, 10, 10])], seed=1))[0]
    'VIS-1: 17 of 20 files of the two teams trained (85%), 9 of 20 of the two still waiting (45%): +40 points.'
    """
    for each in rounds:
        (met, read), (later, of) = ([sum(n[part]) for n in (each.met, each.read)] for part in _parts(each))
        if not read or not of:
            which = "waiting" if read else "trained"
            yield f"{standard}: no file of {which} teams was read, so nothing is compared."
            return
        first, others = number_word(each.trained), number_word(len(each.met) - each.trained)
        yield (
            f"{standard}: {met} of {read} files of the {first} {plural('team', each.trained)} trained "
            f"({percent(met / read)}), {later} of {of} of the {others} still waiting ({percent(later / of)}): "
            f"{signed_points(met / read - later / of)} points."
        )
    if found := order_test(rounds, seed=seed):
        said = "more than the order alone would bring" if found.chance <= _LIKELY else "the order alone could bring it"
        share = f"{percent(found.chance)} of the {counted(found.orders, 'order')} tried"
        yield f"{standard}: as large a difference either way comes of {share}: {said}."


def _parts(each: Waiting) -> tuple[slice, slice]:
    return slice(0, each.trained), slice(each.trained, None)
