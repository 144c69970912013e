"""The plug-in, in pytest sessions of their own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import qml.backends.jax.backend
import qml.testing.assertions.distribution
import qml.testing.oracles.noise  # noqa: F401 - a session within this one unloads what it loads

pytest_plugins = ["pytester"]

BELL = """
import pytest
from qml.testing import assert_distribution
from qml.testing.circuits import bell
from qml.testing.suite.trial import current

RIGHT, WRONG = {"00": 0.5, "11": 0.5}, {"01": 0.5, "10": 0.5}
"""


@pytest.fixture
def session(pytester: pytest.Pytester):
    """Run tests in a project of their own, on the reference simulator."""

    def run(source: str, *options: str) -> pytest.RunResult:
        pytester.makepyfile(BELL + source)
        return pytester.runpytest_inprocess("--qml-backend", "reference", *options)

    return run


def test_a_line_sums_up_what_was_random(session):
    result = session("def test_one(): assert_distribution(bell(), RIGHT)")
    result.assert_outcomes(passed=1)
    line = r"quantum: 1 assertions, 1,\d+ shots \(7\d% saved by stopping early\), suite error .*"
    result.stdout.re_match_lines([line])


def test_a_suite_without_anything_random_is_left_alone(session):
    result = session("def test_one(): assert True")
    result.stdout.no_fnmatch_line("*quantum*")
    result.stdout.no_fnmatch_line("*qml:*")


def test_a_failure_is_readable(session):
    result = session("def test_one(): assert_distribution(bell(), WRONG)")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            ">*assert_distribution(bell(), WRONG)*",
            "E   AssertionError: total variation distance 1.0000 *",
            "E   p < 1e-300 by e-value, * shots of * planned, error rate 3e-10 (*::test_one, *",
            "E   outcome   expected      found  difference",
            "E   hint: they match with the bit of wire 0 flipped",
        ]
    )
    result.stdout.no_fnmatch_line("*distribution.py:*")


def test_the_marker_sets_shots_and_share(session):
    source = """
@pytest.mark.quantum(shots=20_000, delta=1e-7)
def test_one():
    assert current().share == 1e-7
    assert_distribution(bell(), RIGHT)
    assert current().spent[0].planned == 20_000

@pytest.mark.quantum(shots=100)
def test_few():
    assert_distribution(bell(), RIGHT)
"""
    result = session(source)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*100 shots cannot show a difference*", "E*hint: take more*"])


@pytest.mark.parametrize("marker", ["delta=2", "shots='many'", "1000"])
def test_a_marker_without_sense_is_a_usage_error(session, marker):
    result = session(f"@pytest.mark.quantum({marker})\ndef test_one(): pass")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*`quantum` takes shots*"])


def test_claims_beyond_the_suites_rate_are_refused(session):
    source = """
@pytest.mark.quantum(delta=4e-7)
@pytest.mark.parametrize("i", [1, 2])
def test_one(i): pass
"""
    result = session(source)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*2 tests claim an error rate of 8e-07*--qml-delta 1.6e-06*"])
    session(source, "--qml-delta", "1.6e-6").assert_outcomes(passed=2)


SHARES = """
@pytest.mark.parametrize("i", range(3))
def test_one(i):
    print("share", current().share, "seed", current().seed)
    assert_distribution(bell(), RIGHT)
    print("shots", current().spent[0])
"""


def test_a_test_has_the_same_share_seed_and_shots_whatever_else_runs(session):
    whole = session(SHARES, "-rP")
    part = session(SHARES, "-rP", "-k", "2")
    assert _of(part, "test_one[2]") == _of(whole, "test_one[2]")
    assert _of(whole, "test_one[1]") != _of(whole, "test_one[2]")


def _of(result, test):
    text = result.stdout.str()
    return re.findall(r"^(?:share|shots).*$", text[text.index(f"_ {test} _") :], re.MULTILINE)[:2]


def test_many_tests_have_smaller_shares(session):
    source = """
@pytest.mark.parametrize("i", range(1025))
def test_one(i):
    assert current().share == 1e-6 / 2 / 2048
"""
    session(source, "-k", "1024").assert_outcomes(passed=1, deselected=1024)


def test_another_seed_gives_other_shots(session):
    zero = _of(session(SHARES, "-rP"), "test_one[0]")
    five = session(SHARES, "-rP", "--qml-seed", "5")
    five.stdout.fnmatch_lines(["qml: repeat these shots with --qml-seed 5"])
    assert _of(five, "test_one[0]") != zero
    drawn = session(SHARES, "--qml-seed", "random").stdout.str()
    assert re.search(r"repeat these shots with --qml-seed [1-9]\d*", drawn)


@pytest.mark.parametrize(
    "options, words",
    [
        (("--qml-seed", "soon"), "*whole number or `random`, got 'soon'*"),
        (("--qml-delta", "small"), "*between 0 and 0.5, got 'small'*"),
    ],
)
def test_options_without_sense_are_usage_errors(session, options, words):
    result = session("def test_one(): pass", *options)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([words])


def test_the_ini_file_sets_the_rate_and_the_backend(pytester):
    pytester.makeini("[pytest]\nqml_delta = 1e-3\nqml_backend = reference")
    pytester.makepyfile(
        BELL
        + """
def test_one(qml_backend):
    assert qml_backend.name == current().backend.name == "reference"
    assert current().share == 1e-3 / 2048
    assert_distribution(bell(), RIGHT)
"""
    )
    result = pytester.runpytest_inprocess()
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*suite error rate <= 0.001"])


def test_backends_and_noise_models_multiply_the_tests(pytester):
    pytester.makepyfile(
        """
def test_backend(qml_backend):
    assert qml_backend.name in {"reference", "jax"}

def test_noise(qml_noise):
    assert qml_noise.name in {"aria-1", "forte-1"}
"""
    )
    result = pytester.runpytest_inprocess(
        "-v", "--qml-backend", "reference,jax", "--qml-noise", "aria-1,forte-1"
    )
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(["*test_backend?jax?*", "*test_noise?aria-1?*"])
    one = pytester.runpytest_inprocess("-v", "--qml-backend", "reference")
    one.assert_outcomes(passed=2)
    one.stdout.fnmatch_lines(["*::test_noise PASSED*"])


def test_an_unknown_backend_or_model_is_an_error_of_the_test(pytester):
    pytester.makepyfile("def test_one(qml_backend): pass\ndef test_two(qml_noise): pass")
    result = pytester.runpytest_inprocess("--qml-backend", "nothing", "--qml-noise", "loud")
    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines(["*no noise model `loud`*"])


def test_junit_carries_shots_and_seed(session, pytester):
    session("def test_one(): assert_distribution(bell(), RIGHT)", "--junit-xml", "junit.xml")
    written = (pytester.path / "junit.xml").read_text(encoding="utf-8")
    for name in ("assertions", "shots", "planned", "seed"):
        assert f'name="quantum_{name}"' in written


def test_strict_markers_know_the_marker(session):
    session("@pytest.mark.quantum\ndef test_one(): pass", "--strict-markers").assert_outcomes(
        passed=1
    )


@pytest.mark.long
def test_workers_agree_and_the_sum_is_theirs(session):
    alone = session(SHARES, "-rP")
    spread = session(SHARES, "-rP", "-n", "2")
    spread.assert_outcomes(passed=3)
    lines = [next(x for x in r.outlines if x.startswith("quantum:")) for r in (alone, spread)]
    assert lines[0] == lines[1]


def test_the_plug_in_imports_nothing_large():
    code = (
        "import pytest, sys; before = set(sys.modules);"
        "import qml.testing.pytest_plugin, qml.testing.suite.session;"
        "print(*sorted({m.split('.')[0] for m in set(sys.modules) - before}))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    large = {"numpy", "scipy", "jax", "pennylane", "qiskit", "pydantic", "hypothesis", "rich"}
    assert not large & set(found.stdout.split())


def test_the_entry_point_is_the_plug_in(request):
    assert request.config.pluginmanager.has_plugin("qml-suite")
    plugin = request.config.pluginmanager.get_plugin("qml")
    assert Path(plugin.__file__).name == "pytest_plugin.py"
