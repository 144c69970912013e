import subprocess
import tomllib

import pytest

from qml.errors import RunError
from qml.records import RunFolder, describe, restore


@pytest.fixture(params=["git", "plain"])
def project(request, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    root = tmp_path / "project"
    (root / "tools").mkdir(parents=True)
    (root / "qml.toml").write_text("[train]\nepochs = 1\n")
    (root / "model.py").write_text("layers = 1\n")
    (root / "tools" / "go.sh").write_text("echo\n")
    (root / "tools" / "go.sh").chmod(0o755)
    (root / "old.py").write_text("")
    (root / ".gitignore").write_text("runs/\n")
    if request.param == "git":
        identity = ["-c", "user.name=a", "-c", "user.email=a@b"]
        for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "x"]):
            subprocess.run(["git", *command], cwd=root, check=True)
    (root / "old.py").unlink()
    (root / "model.py").write_text("layers = 2\n")
    (root / "extra.py").write_text("extra = 'ä'\n")
    return root


@pytest.fixture
def described(project):
    config = {"train": {"epochs": 9}}
    run = RunFolder.create(project / "runs", name=None, config=config, command="train")
    describe(run, project)
    run.finalise("finished")
    return run


def test_the_run_is_laid_out_as_it_was(project, described, tmp_path):
    expected = {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in project.rglob("*.*")
        if path.suffix in {".py", ".sh"}
    }
    (project / "model.py").write_text("layers = 3\n")
    (project / "extra.py").unlink()
    target = tmp_path / "restored"
    written = restore(described, target, root=project)
    assert {path: (target / path).read_bytes() for path in expected} == expected
    assert not (target / "old.py").exists()
    assert (target / "tools" / "go.sh").stat().st_mode & 0o111
    assert tomllib.loads((target / "qml.toml").read_text()) == {"train": {"epochs": 9}}
    assert "qml-workbench==" in (target / "requirements.txt").read_text()
    assert described.id in (target / "RESTORED.md").read_text()
    assert sorted(written) == sorted(
        p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()
    )


def test_a_folder_that_is_not_empty_is_refused(project, described, tmp_path):
    target = tmp_path / "full"
    target.mkdir()
    (target / "mine.txt").write_text("")
    with pytest.raises(RunError, match="not empty"):
        restore(described, target, root=project)
    assert [p.name for p in target.iterdir()] == ["mine.txt"]


def test_a_lost_archive_is_a_clear_error(project, described, tmp_path):
    (described.path / "code.tar.gz").unlink()
    with pytest.raises(RunError, match="is gone"):
        restore(described, tmp_path / "restored", root=project)


def test_an_archive_that_was_tampered_with_writes_nothing_outside(project, described, tmp_path):
    from qml.records.code.archive import SourceFile, pack

    evil = pack({"../outside.py": SourceFile(b"", executable=False)})
    (described.path / "code.tar.gz").write_bytes(evil)
    with pytest.raises(RunError, match="outside of its folder"):
        restore(described, tmp_path / "restored", root=project)
    assert not (tmp_path / "outside.py").exists()
