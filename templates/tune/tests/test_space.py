"""What is tuned exists, and what is not tuned stays as it is."""

import subprocess
import sys

from qml.config.tuned import parameters


def test_every_key_of_the_space_is_one_of_the_file(config):
    keys = [parameter.key for parameter in parameters(config)]
    assert keys
    for key in keys:
        section, _, name = key.partition(".")
        assert hasattr(getattr(config, section), name)


def test_trials_are_not_judged_on_the_test_rows(config):
    assert not (config.tune.metric or "").startswith("test_")


def test_the_rival_prints_an_accuracy(project):
    command = [sys.executable, "rival.py", "--C", "1.0", "--gamma", "1.0"]
    rival = project / "rival"
    done = subprocess.run(command, cwd=rival, capture_output=True, text=True, check=True)
    assert 0.5 < float(done.stdout.splitlines()[-1]) <= 1
