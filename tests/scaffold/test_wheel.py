"""A built wheel carries the templates, and makes the same projects as an editable installation."""

import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from qml.scaffold import create, list_templates

ROOT = Path(__file__).parents[2]
CODE = """
import sys
from pathlib import Path
import qml
from qml.scaffold import create
from qml.scaffold.library import templates_folder
site, target = Path(sys.argv[1]), Path(sys.argv[2])
assert Path(qml.__file__).is_relative_to(site), qml.__file__
assert templates_folder() == site / "qml" / "_templates", templates_folder()
for name in sys.argv[3:]:
    create(target / name, name, {})
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with the unpacked wheel."""
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed: pip install hatchling")
    built = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([*command, "--wheel-dir", str(built), str(ROOT)], check=True)
    (wheel,) = built.glob("*.whl")
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_the_wheel_has_every_file_of_the_templates_and_no_other(site):
    carried = relative(site / "qml" / "_templates")
    tracked = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "templates"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert carried == {file.removeprefix("templates/") for file in tracked}


def test_both_installations_make_the_same_projects(site, tmp_path):
    names = [template.name for template in list_templates()]
    (tmp_path / "wheel").mkdir()
    (tmp_path / "editable").mkdir()
    subprocess.run(
        [sys.executable, "-c", CODE, str(site), str(tmp_path / "wheel"), *names],
        env={"PYTHONPATH": str(site), "PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        check=True,
    )
    for name in names:
        made = create(tmp_path / "editable" / name, name, {})
        assert relative(tmp_path / "wheel" / name) == set(made.files)
        for file in made.files:
            expected = (made.folder / file).read_bytes()
            assert (tmp_path / "wheel" / name / file).read_bytes() == expected, file


def relative(folder):
    return {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()}
