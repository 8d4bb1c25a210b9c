"""Packs of the gym for tests, and workbooks of them as auditors send them back."""

import io
import json
from random import Random

import openpyxl
from click.testing import CliRunner

from ilacs_audit.cli import main
from ilacs_audit.domain.catalogue.gym import GRADES, Asked, Vignette, question_names
from ilacs_audit.intake.gym.keys import KEY, key_of, read_key, sealed
from ilacs_audit.publishing.owner.gym_pack import pack_workbook

FIRST_ROW = 8


def vignette(name, *anchors, text="The child was seen and the visit was recorded."):
    asked = [Asked(f"VIS-{n}", each, "It says so.", f"Wording {n}.") for n, each in enumerate(anchors, start=1)]
    return Vignette(name, "visits", f"{text} {name}.", tuple(asked))


SMALL = [vignette("one", "met", "not met"), vignette("two", "partly met", "met"), vignette("three", "met", "met")]


def pack(vignettes=SMALL, number=1, seed=1):
    return sealed(vignettes, number=number, seed=seed)


def with_key(folder, made):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"gym-pack-{made.number}{KEY}").write_text(json.dumps(key_of(made)), encoding="utf-8")
    return made


def names(made):
    return [name for place, each in enumerate(made.vignettes, start=1) for name in question_names(place, each)]


def anchors(made):
    return dict(zip(names(made), [asked.anchor for each in made.vignettes for asked in each.asked], strict=True))


def filled(path, made, reader="K27", grades=None, edit=None):
    """A pack as a reader sends it back: the anchors unless other grades are given, and whatever `edit` does."""
    book = openpyxl.load_workbook(io.BytesIO(pack_workbook(made)))
    sheet = book.active
    sheet["B4"] = reader
    given = {**anchors(made), **(grades or {})}
    for row in sheet.iter_rows(min_row=FIRST_ROW - 1):
        if row[0].value in given:
            row[2].value = given[row[0].value]
    if edit:
        edit(sheet)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def row_of(sheet, name):
    return next(cell.row for cell in sheet["A"] if cell.value == name)


def played(folder, workspace, readers=8):
    """Two packs made, graded and told as a council does it: the page, and what each reader gave to whom in each."""
    random, given = Random(7), []
    place = folder / "private" / "gym"
    for number in (1, 2):
        _said("--pack", number, "--seed", 7, "--workspace", workspace, "--outputs", folder)
        made = read_key(place / f"gym-pack-{number}{KEY}")
        given.append({})
        for reader in (f"K{each:02d}" for each in range(readers)):
            right = {name: random.random() < 0.75 for name in names(made)}
            grades = {name: each if right[name] else random.choice(GRADES) for name, each in anchors(made).items()}
            filled(place / f"{number}-{reader}.xlsx", made, reader, grades)
            given[-1][reader] = grades
    _said("results", "--workspace", workspace, "--outputs", folder, "--council", "Northmere")
    return place / "gym.html", given


def _said(*words):
    ended = CliRunner().invoke(main, ["gym", *map(str, words)])
    assert ended.exit_code == 0, ended.output
