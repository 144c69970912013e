import subprocess

import pytest

from qml.errors import RunError
from qml.records import RunFolder, describe_code, layout


def git(root, *arguments):
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path, monkeypatch):
    for name, value in {"HOME": str(tmp_path / "nowhere"), "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A Person")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@example.org")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    root = tmp_path / "project"
    root.mkdir()
    (root / "qml.toml").write_text("[train]\n")
    (root / "model.py").write_text("layers = 1\n")
    (root / "old.py").write_text("gone = True\n")
    (root / "run.sh").write_text("echo\n")
    (root / "run.sh").chmod(0o755)
    return root


@pytest.fixture
def repository(project):
    git(project, "init", "-q", "-b", "main")
    (project / ".gitignore").write_text("runs/\n")
    git(project, "add", ".")
    git(project, "commit", "-qm", "First")
    return project


@pytest.fixture
def folder(project):
    run = RunFolder.create(project / "runs", name=None, config={}, command="train")
    yield run
    run.release()


def test_a_clean_repository_is_its_commit(repository, folder):
    code = describe_code(repository, folder.path)
    assert (code["branch"], code["dirty"], code["note"]) == ("main", False, None)
    assert code["diff"] is code["archive"] is None
    files = layout(folder.path, folder.update(code=code), repository)
    assert files["model.py"].data == b"layers = 1\n"
    assert files["run.sh"].executable
    assert "qml.toml" not in files


def test_a_dirty_repository_keeps_what_the_commit_does_not_hold(repository, folder):
    (repository / "model.py").write_text("layers = 2\n")
    (repository / "new.py").write_text("new = True\n")
    (repository / "old.py").unlink()
    code = describe_code(repository, folder.path)
    assert (code["dirty"], code["deleted"]) == (True, ["old.py"])
    assert code["archive"]["files"] == 2
    diff = (folder.path / code["diff"]["path"]).read_text()
    assert "+layers = 2" in diff
    assert "+new = True" in diff
    files = layout(folder.path, folder.update(code=code), repository)
    assert {name for name in files if name.endswith(".py")} == {"model.py", "new.py"}
    assert files["model.py"].data == b"layers = 2\n"


def test_equal_sources_have_one_digest_committed_or_not(repository, folder):
    (repository / "model.py").write_text("layers = 2\n")
    before = describe_code(repository, folder.path)
    git(repository, "commit", "-qam", "Second")
    after = describe_code(repository, folder.path)
    assert before["commit"] != after["commit"]
    assert before["digest"] == after["digest"]
    (repository / "qml.toml").write_text("[train]\nepochs = 9\n")
    assert describe_code(repository, folder.path)["digest"] == after["digest"]


def test_a_project_in_a_subfolder_of_a_repository(repository, tmp_path):
    inner = repository / "inner"
    inner.mkdir()
    (inner / "qml.toml").write_text("")
    (inner / "a.py").write_text("1\n")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "Inner")
    (inner / "b.py").write_text("2\n")
    (repository / "model.py").write_text("elsewhere\n")
    run = RunFolder.create(inner / "runs", name=None, config={}, command="train")
    code = describe_code(inner, run.path)
    assert code["archive"]["files"] == 1
    assert set(layout(run.path, run.update(code=code), inner)) == {"a.py", "b.py"}
    run.release()


def test_without_git_all_sources_are_kept(project, folder):
    (project / ".venv").mkdir()
    (project / ".venv" / "lib.py").write_text("")
    (project / "data.csv").write_text("1\n")
    code = describe_code(project, folder.path)
    assert code["commit"] is None
    assert "not in a git repository" in code["note"]
    files = layout(folder.path, folder.update(code=code), project)
    assert set(files) == {"model.py", "old.py", "run.sh"}
    archive = folder.path / code["archive"]["path"]
    first = archive.read_bytes()
    assert first[4:8] == bytes(4)  # the time in the gzip header
    describe_code(project, folder.path)
    assert archive.read_bytes() == first


def test_no_git_program_and_no_commit_are_told(project, folder, monkeypatch):
    git(project, "init", "-q")
    assert "no commit yet" in describe_code(project, folder.path)["note"]
    monkeypatch.setenv("PATH", "/nowhere")
    assert "git is not installed" in describe_code(project, folder.path)["note"]


def test_an_ignored_project_inside_another_repository_is_kept_whole(repository):
    (repository / ".gitignore").write_text("runs/\ndemo/\n")
    demo = repository / "demo"
    demo.mkdir()
    (demo / "qml.toml").write_text("")
    (demo / "model.py").write_text("demo = 1\n")
    run = RunFolder.create(demo / "runs", name=None, config={}, command="train")
    code = describe_code(demo, run.path)
    assert "ignores" in code["note"]
    assert set(layout(run.path, run.update(code=code), demo)) == {"model.py"}
    run.release()


def test_a_repository_of_somebody_else_is_told(repository, folder, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert "does not trust" in describe_code(repository, folder.path)["note"]


def test_files_that_hold_secrets_or_are_large_stay_out(repository, folder):
    (repository / ".env").write_text("KEY=abc\n")
    (repository / "server.pem").write_text("-----BEGIN\n")
    (repository / "big.py").write_text("#" * 1_000_001)
    (repository / "link.py").symlink_to("/etc/passwd")
    code = describe_code(repository, folder.path)
    assert code["left_out"] == ["big.py", "link.py"]
    assert code["archive"] is None


def test_a_commit_that_is_gone_is_a_clear_error(repository, folder):
    code = describe_code(repository, folder.path)
    manifest = folder.update(code={**code, "commit": "0" * 40})
    with pytest.raises(RunError, match="cannot be read") as caught:
        layout(folder.path, manifest, repository)
    assert "git fetch" in caught.value.hint
