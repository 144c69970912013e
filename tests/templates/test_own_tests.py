"""Each project's own tests pass, as its reader would run them."""

import os
import subprocess
import sys

import pytest


def test_the_project_passes_its_own_tests(project, template, environ):
    if template == "images" and "QML_TEST_DATA" not in os.environ:
        pytest.skip("QML_TEST_DATA is not set: the images would have to be downloaded")
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
