import os
import sys
from importlib.util import find_spec

import pytest

from qml.benchmarking.measurements.step.agreement import errors
from qml.benchmarking.measurements.step.circuits import CIRCUITS, Case
from qml.benchmarking.measurements.step.client import PeerError, Worker
from qml.benchmarking.measurements.step.options import PEERS

CASE = Case.of("layers", 2, 2)
HERE = ("pennylane_jax", "default_qubit", "lightning", "qsim", "aer")


def worker(name, tmp_path, **options):
    options = {"python": sys.executable, **options}
    return Worker(name, CASE, log=tmp_path / "log", environ=os.environ, **options)


def script(tmp_path, text):
    path = tmp_path / "python"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(find_spec("qulacs") is not None, reason="it is installed here")
def test_a_library_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PeerError, match="No module named 'qulacs'"):
        worker("qulacs", tmp_path)


def test_an_interpreter_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PeerError, match="/nowhere/python: No such file"):
        worker("qulacs", tmp_path, python="/nowhere/python")


def test_a_process_that_dies_says_why(tmp_path):
    python = script(tmp_path, "read line; echo 'out of memory' >&2; exit 3")
    with pytest.raises(PeerError, match="its process ended: out of memory"):
        worker("qulacs", tmp_path, python=python)


def test_a_process_that_never_answers_is_given_up(tmp_path):
    python = script(tmp_path, "exec sleep 60")
    with pytest.raises(PeerError, match=r"no answer within 0\.3 s"):
        worker("qulacs", tmp_path, python=python, opening=0.3)


def test_what_fails_in_the_peer_is_named(tmp_path):
    python = script(tmp_path, """read line; echo '{"failed": "ValueError: no"}'; sleep 60""")
    with pytest.raises(PeerError, match="ValueError: no"):
        worker("qulacs", tmp_path, python=python)


@pytest.mark.parametrize("circuit", CIRCUITS)
def test_each_weight_turns_one_rotation(circuit):
    case = Case.of(circuit, 5, 3)
    used = [s[1] for _, _, s in case.gates if s is not None and s[0] == "w"]
    assert sorted(used) == list(range(len(case.weights)))


@pytest.mark.long
def test_every_peer_of_this_environment_computes_the_same(tmp_path):
    with worker("qml", tmp_path, exact=True, cores=1) as engine:
        exact = engine.opened["exact"]
        assert errors(engine.opened, exact).within(1e-5)
        for name in HERE:
            with worker(name, tmp_path) as peer:
                assert errors(peer.opened, exact).within(1e-4), name
                wall, processor = peer.run(2)
                assert 0 < wall < 60
                assert processor > 0


def test_every_peer_has_a_file(tmp_path):
    folder = sys.modules[Worker.__module__].WORKER.parent / "peers"
    assert all((folder / f"{name}.py").exists() for name in PEERS)
