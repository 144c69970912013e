"""Commands of the user's: words without a shell, an end in time, the tail of their errors."""

import sys
import time

import pytest

from qml.errors import ConfigError, InterruptedRunError, UsageError
from qml.tasks.tune.checks import check_pattern, placeholders
from qml.tasks.tune.process import beside_qml, run_command, words_of


def run(words, tmp_path, **options):
    options = {"timeout": None, "stop": lambda: False, **options}
    return run_command(words, tmp_path, {"PATH": "/usr/bin:/bin"}, **options)


def test_values_stay_within_their_word(tmp_path):
    nasty = "a b; touch hacked; $(touch hacked) `id` \"'"
    words = words_of("echo --name={name} 'x {n} y' {{kept}}", {"name": nasty, "n": 1e-7})
    assert words == ["echo", f"--name={nasty}", "x 1e-07 y", "{kept}"]
    assert run(words, tmp_path).stdout.startswith(f"--name={nasty}")
    assert not (tmp_path / "hacked").exists()


def test_truth_is_written_as_toml_has_it():
    assert words_of("{a} {b}", {"a": True, "b": 3}) == ["true", "3"]


def test_a_failure_tells_its_exit_code_and_the_end_of_its_errors(tmp_path):
    script = "import sys; [print(i, file=sys.stderr) for i in range(100)]; sys.exit(3)"
    with pytest.raises(UsageError, match="exit code 3") as found:
        run([sys.executable, "-c", script], tmp_path)
    assert "99" in found.value.message
    assert "\n50\n" not in found.value.message


def test_a_program_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match="`no-such-program` does not start: No such file"):
        run(["no-such-program"], tmp_path)


def test_what_takes_too_long_is_ended_with_its_children(tmp_path):
    started = time.monotonic()
    with pytest.raises(UsageError, match="longer than"):
        run(["sh", "-c", "sleep 60 & sleep 60"], tmp_path, timeout=0.1)
    assert time.monotonic() - started < 30


def test_somebody_can_stop_it(tmp_path):
    with pytest.raises(InterruptedRunError):
        run(["sleep", "60"], tmp_path, stop=lambda: True)


def test_python_is_the_one_that_runs_qml(tmp_path):
    environ = beside_qml({"PATH": "/usr/bin:/bin"})
    words = ["python", "-c", "import sys; print(sys.prefix)"]
    printed = run_command(words, tmp_path, environ, timeout=None, stop=lambda: False)
    assert printed.stdout.strip() == sys.prefix


def test_placeholders_are_found_and_braces_must_close():
    assert placeholders("python t.py --lr {lr} '{a} {b}' {{no}}") == ["lr", "a", "b"]
    for bad in ("run {lr", "run 'x", "", "run {lr:.3f}", "run {lr!r}", "run '{lr:{n}}'"):
        with pytest.raises(ConfigError):
            placeholders(bad)


def test_patterns_have_one_group():
    check_pattern("stdout")
    check_pattern("acc=([0-9.]+)")
    for bad in ("acc=[0-9.]+", "(a)(b)", "("):
        with pytest.raises(ConfigError):
            check_pattern(bad)
