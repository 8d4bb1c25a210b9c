"""A row is added to a register as it is kept, and nothing else in the file moves."""

import pytest

from ilacs_audit.domain.errors import UsageError
from ilacs_audit.intake.registers.adding import add_row, register_path

ROW = {
    "action_id": "DESK-1",
    "standard_id": "CON-1",
    "area": "A2",
    "owner_ref": "Team manager, north",
    "due_on": "2024-12-20",
}


@pytest.mark.parametrize(
    ("held", "added"),
    [
        (b"action_id,standard_id,area,owner_ref,due_on\n", b'DESK-1,CON-1,A2,"Team manager, north",2024-12-20\n'),
        (
            b"\xef\xbb\xbfOur actions;;;;\r\ndue_on;standard_id;action_id;owner_ref;note\r\n2024-12-01;CON-2;A1;x;y",
            b"\r\n2024-12-20;CON-1;DESK-1;Team manager, north;\r\n",
        ),
    ],
)
def test_a_row_follows_the_header_the_marks_and_the_line_ends_of_the_file(tmp_path, held, added):
    path = tmp_path / "actions.csv"
    path.write_bytes(held)
    add_row(path, "actions", ROW, leave=("area",))
    assert path.read_bytes() == held + added


def test_a_register_that_cannot_be_added_to_is_left_as_it_is(tmp_path):
    path = tmp_path / "registers" / "actions.csv"
    path.parent.mkdir()
    for held, words in (
        (b"action_id,due_on\n", "no column for standard_id and owner_ref"),
        (b"action_id\n\xff", "UTF-8"),
    ):
        path.write_bytes(held)
        with pytest.raises(UsageError, match=words):
            add_row(path, "actions", ROW, leave=("area",))
        assert path.read_bytes() == held
    path.rename(path.with_suffix(".xlsx"))
    with pytest.raises(UsageError, match="is no CSV file"):
        register_path(tmp_path, "actions")
