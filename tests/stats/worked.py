"""Read a worked table of docs/methods.md as it is printed there."""


def rows(table):
    """Split a printed table into stripped cells, one list a line."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def count(cell):
    """Read a printed count; a dash or "none" is None."""
    return None if cell in ("-", "none") else int(cell)
