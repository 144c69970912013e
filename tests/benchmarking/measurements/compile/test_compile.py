from types import SimpleNamespace

import numpy as np
import pytest

from qml.backends.equivalence import compare
from qml.benchmarking.measurements import compile as measurement
from qml.benchmarking.measurements.compile.cases import CASES
from qml.benchmarking.measurements.compile.compilers import qml as ours
from qml.benchmarking.measurements.compile.counts import count
from qml.benchmarking.measurements.compile.measure import COMPILERS, _measured, read
from qml.circuits import Circuit, Gate
from qml.errors import ConfigError

SMALL = [name for name, build in CASES.items() if build().wires <= 10]
# two-qubit gates and pulses at most: the reference's table, and the structure of the circuits
KNOWN = {"rzz": (1, 0), "rz-chain": (0, 0), "two-layers": (2, 8), "qft-10": (45, 10)}


@pytest.mark.parametrize("name", SMALL)
def test_ours_is_the_same_and_as_small_as_it_can_be(name):
    source = CASES[name]()
    compiled = ours.compiled(source)
    assert compare(source, compiled, 1e-9).same
    two, one, depth = count(compiled)
    most = KNOWN.get(name, (np.inf, np.inf))
    assert two <= most[0]
    assert one <= most[1]
    assert depth <= two + one


def test_qaoa_on_a_hundred_qubits_takes_its_edges_and_no_more():
    assert count(ours.compiled(CASES["qaoa-ba-100"]())).two_qubit == 588


@pytest.mark.long
@pytest.mark.parametrize("name", ["trapped_ion", "cirq_forte", "qiskit_ionq"])
def test_the_vendors_compilers_are_read_rightly(name):
    found = _measured(
        __import__(f"{measurement.__name__}.compilers.{name}", fromlist=["compiled"]),
        read({"compiler": name, "circuit": "two-layers", "repeats": 1}),
    )
    assert found.skipped is None
    assert found.facts["verified"] == "same"
    assert found.metrics["two_qubit"] in {2, 4}


def test_a_wrong_compiler_is_left_out_and_named():
    def compiled(circuit):
        return Circuit.of(
            circuit.wires, [*ours.compiled(circuit).gates, Gate("gpi2", (0,), (0.1,))]
        )

    wrong = SimpleNamespace(compiled=compiled, PACKAGES=())
    found = _measured(wrong, read({"compiler": "qml", "circuit": "two-layers"}))
    assert "qml is wrong: two-layers differs from its source" in found.skipped
    assert not found.metrics


def test_depth_is_the_longest_chain():
    gates = [
        Gate("gpi2", (0,), (0.1,)),
        Gate("rz", (0,), (0.3,)),
        Gate("zz", (0, 1), (0.2,)),
        Gate("swap", (1, 2)),
        Gate("gpi", (2,), (0.1,)),
        Gate("gpi", (1,), (0.1,)),
    ]
    assert count(Circuit.of(3, gates)) == (1, 3, 3)


def test_what_is_not_native_is_not_counted_silently():
    with pytest.raises(ValueError, match="not native: h"):
        count(Circuit.of(1, [Gate("h", (0,))]))


@pytest.mark.parametrize(
    "options", [{}, {"compiler": "tket", "circuit": "rzz"}, {"compiler": "qml", "circuit": "ghz"}]
)
def test_options_are_checked_first(options):
    with pytest.raises(ConfigError, match=r"measure\.options"):
        measurement.check(options)
    assert "qml" in COMPILERS
