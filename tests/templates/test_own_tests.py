"""Each project's own tests pass, as its reader would run them."""

import subprocess
import sys


def test_the_project_passes_its_own_tests(project, environ):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=project,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped" not in done.stdout
    assert not (project / "runs").exists(), "tests leave no runs in the project"
