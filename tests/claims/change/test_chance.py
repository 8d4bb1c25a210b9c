from ilacs_audit.claims.change.chance import expected_false_flags
from tests.build import seen, table


def twenty_five(met_was, met_now):
    ids = [f"c{number}" for number in range(25)]
    before = [seen(met, 20, standard=each) for each, met in zip(ids, met_was, strict=True)]
    return table(*before), table(*(seen(met, 20, standard=each) for each, met in zip(ids, met_now, strict=True)))


def test_25_unchanged_standards_give_about_one_flag():
    flags = expected_false_flags(*twenty_five([13] * 25, [13] * 25))
    assert (flags.compared, round(flags.expected, 1), round(flags.at_least_one, 2)) == (25, 1.3, 0.74)
    assert flags.words == (
        "Compare 25 standards with counts like these and luck makes one or more look changed about 74 times in 100."
    )
