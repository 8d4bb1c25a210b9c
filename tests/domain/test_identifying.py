"""Numbers and addresses that mean a person are told by form: the same ones in free text and on a finished page."""

import pytest

from ilacs_audit.domain.identifying import in_print, in_words, is_nhs_number

ANYWHERE = {
    "NHS number": ("943 476 5919", "9434765919", "943-476-5919"),
    "UPN": ("H801200001001", "A123456789012", "h80120000100a"),
    "postcode": ("NM4 7QX", "nm4 7qx", "NM47QX", "NM4\u00a07QX", "GIR 0AA"),
    "e-mail": ("anna.jones@example.org", "niamh.o'dowd@northmere.example"),
    "phone number": ("01632 960123", "07700 900123", "+44 7700 900123", "(01632) 960 123", "+44 (0)1632 960123"),
}
FORMS = [(kind, text) for kind, texts in ANYWHERE.items() for text in texts]
ORDINARY = (
    "PO 4500123987 raised",
    "Reviewed on 12/08/2024, cost £1,250.00",
    "s47 and s17",
    "24 of 30 files (80%, 95% interval 62% to 91%)",
    "pandas@2.2.3",
)


@pytest.mark.parametrize(("kind", "text"), FORMS)
@pytest.mark.parametrize("search", [in_words, in_print])
def test_every_form_is_found_in_words_and_in_print(search, kind, text):
    said = f"Told them ({text}) today."
    found = {said[each.start : each.end]: each.kind for each in search(said)}
    assert kind in found.values()
    assert any(part.strip("()") in text for part in found)


@pytest.mark.parametrize("text", ORDINARY)
@pytest.mark.parametrize("search", [in_words, in_print])
def test_ordinary_words_and_numbers_are_left_alone(search, text):
    assert list(search(text)) == []


@pytest.mark.parametrize("text", ["943 4765919", "ref.9434765919", "Walk.NM6 8XW", "020-7946-0 958 12"])
def test_only_in_words_is_a_number_found_that_print_may_mean_otherwise(text):
    assert list(in_words(text))
    assert not list(in_print(text))


def test_the_modulus_check_refuses_nine_of_ten_neighbours():
    assert sum(is_nhs_number(f"94347659{last:02d}") for last in range(10, 20)) <= 1


def test_what_has_not_ten_digits_is_no_nhs_number():
    assert not is_nhs_number("943 476 591")
