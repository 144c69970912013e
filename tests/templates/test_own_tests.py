"""Each project's own tests pass, as its reader would run them."""

from support import fork_server


def test_the_project_passes_its_own_tests(project, environ):
    command = ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    code, out, err = fork_server().run(command, cwd=project, env=environ)
    assert code == 0, out + err
    assert "skipped" not in out
    assert not (project / "runs").exists(), "tests leave no runs in the project"
