import pytest

from qml.circuits import Circuit, Gate
from qml.errors import PlanError
from qml.testing import Noise, assert_distribution
from qml.testing.circuits import bell


def test_a_distance_is_exact_where_it_can_be_and_a_bound_beyond():
    noise = Noise.published("aria-1")
    assert noise.distance(bell()) == pytest.approx(0.0133 / 2)
    assert noise.tolerance(bell()) == pytest.approx(0.0133 / 2 + 0.005)
    wide = Circuit.of(8, [Gate("h", (0,)), *(Gate("cnot", (w, w + 1)) for w in range(7))])
    narrow = Circuit.of(6, wide.gates[:6])
    assert noise.distance(wide) == pytest.approx(
        1 - (1 - 0.75 * 0.0005) * (1 - 15 / 16 * 0.0133) ** 7
    )
    assert noise.distance(narrow) < noise.distance(wide)


def test_a_healthy_noisy_machine_passes_with_its_tolerance_and_a_broken_program_fails():
    noise = Noise.published("aria-2")
    circuit = Circuit.of(3, [Gate("h", (0,)), *[Gate("cnot", (0, 1))] * 9, Gate("cnot", (1, 2))])
    sizes = {"backend": noise.backend, "tolerance": noise.tolerance(circuit)}
    assert_distribution(circuit, {"000": 0.5, "111": 0.5}, **sizes)
    with pytest.raises(AssertionError):
        assert_distribution(circuit, {"000": 0.5, "011": 0.5}, **sizes)


def test_what_has_no_rates_is_refused():
    with pytest.raises(PlanError, match="no noise model `aria-9`"):
        Noise.published("aria-9")
    with pytest.raises(PlanError, match="ccnot"):
        Noise.published("aria-1").distance(Circuit.of(3, [Gate("ccnot", (0, 1, 2))]))
