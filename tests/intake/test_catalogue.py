import pytest

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.intake.catalogue import load_authority, load_standards, read_yaml


def test_a_catalogue_file_never_makes_an_object(tmp_path):
    path = tmp_path / "plan.yml"
    path.write_text("!!python/object/apply:os.system ['echo run']", encoding="utf-8")
    with pytest.raises(CatalogueError, match="not YAML"):
        read_yaml(path)


def test_a_slip_of_the_pen_is_named_by_its_line(tmp_path):
    path = tmp_path / "plan.yml"
    path.write_text("areas:\n  - id: A1\n   title: lost its place\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"plan\.yml, line 3"):
        read_yaml(path)


def test_a_missing_file_and_an_empty_folder_say_what_to_do(tmp_path):
    with pytest.raises(CatalogueError, match="Put it back"):
        load_authority(tmp_path)
    with pytest.raises(CatalogueError, match="Add a theme file"):
        load_standards(tmp_path)
