from math import pi

import pytest
from qiskit_aer import AerSimulator

from qml.backends.ibm.compiling import Compiler
from qml.backends.ibm.local import fake
from qml.backends.ibm.machines import Limits, limits
from qml.backends.ibm.timing import OVERHEAD, busy
from qml.circuits import Circuit, Gate
from qml.errors import PlanError
from qml.testing import circuits


def test_a_compiled_circuit_keeps_to_the_machine():
    """Every gate is one of the target's, and the same circuit gives the same program."""
    machine, batch = fake("fake_manila"), [circuits.entangled(), circuits.bell()]
    one, two = Compiler(machine), Compiler(machine)
    for first, again in zip(one.run(batch), two.run(batch), strict=True):
        assert first.program == again.program
        assert first.size == again.size
        assert {i.operation.name for i in first.program.data} <= {"rz", "sx", "x", "cx", "measure", "barrier"}  # fmt: skip  # noqa: E501
        assert first.size.two_qubit == first.program.count_ops()["cx"]
        assert first.size.measured == first.program.count_ops()["measure"]


def test_what_was_compiled_is_not_compiled_again():
    compiler = Compiler(AerSimulator())
    (first,) = compiler.run([circuits.bell()])
    again, twice = compiler.run([circuits.bell()] * 2)
    assert first is again is twice


def test_a_machine_has_its_width():
    with pytest.raises(PlanError, match="has 5 qubits, a circuit has 6"):
        Compiler(fake("fake_manila")).run([circuits.uniform(6)])


@pytest.mark.parametrize("angle", [-2.0, -0.3, 0.4, 2.9, 7.0])
def test_fractional_angles_are_folded(angle):
    """The machine's RZZ takes angles from 0 to pi/2."""
    compiler = Compiler(fake("fake_fractional"))
    circuit = Circuit.of(2, [Gate("h", (0,)), Gate("h", (1,)), Gate("rzz", (0, 1), (angle,))])
    (made,) = compiler.run([circuit])
    folded = [float(i.operation.params[0]) for i in made.program.data if i.operation.name == "rzz"]
    assert len(folded) == 1
    assert 0 <= folded[0] <= pi / 2


def test_time_is_the_delay_and_the_length_of_every_shot():
    """`entangled` on Manila: 2 s, and 250 us beside some microseconds for each shot."""
    compiler, known = Compiler(fake("fake_manila")), limits("fake_manila")
    (made,) = compiler.run([circuits.entangled()])
    schedule = made.program.estimate_duration(fake("fake_manila").target)
    assert made.seconds == pytest.approx(schedule, rel=1e-6)
    found = busy(compiler, known, [circuits.entangled()] * 3, 1000)
    assert found == pytest.approx(OVERHEAD + 3000 * (250e-6 + made.seconds), abs=5e-4)


def test_limits_are_those_of_the_snapshot():
    assert limits("ibm_torino").qubits == 133
    assert limits("fake_manila") == Limits(qubits=5, circuits=300, shots=100_000, delay=250e-6)
    assert limits("ibm_never_heard_of") == limits("ibm_fez")
