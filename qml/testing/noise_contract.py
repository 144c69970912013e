"""The contract of backends that model `[backend.noise]`."""

from collections.abc import Callable

import numpy as np
import pytest

from qml.backends.base import Backend, Intent, Results
from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate, Work, ZeroProjector, pauli, z
from qml.config.sections import BackendSection
from qml.config.sections.backend import NoiseSection
from qml.errors import PlanError
from qml.testing.circuits import bell
from qml.testing.statistics import ERROR_RATE

Opener = Callable[..., Backend]

BELL = {"aria-1": 0.496675, "aria-2": 0.49536, "forte-1": 0.498762667}
"""P(00) = P(11) = 1/2 - r2/4 of a Bell pair with noise after H and after CNOT."""

SHOTS = 20_000


class NoiseContract:
    """Inherit it in a test class and override the fixture `noisy`.

    Attributes:
        tolerance: Largest absolute error of an exact noisy expectation.
    """

    tolerance: float = 2e-5

    @pytest.fixture
    def name(self) -> str:
        """Registered name of the backend."""
        raise NotImplementedError("override the fixture `name`")

    @pytest.fixture
    def noisy(self, name: str) -> Opener:
        """Opens the backend: `noisy(shots=..., model=..., depolarizing=..., readout=...)`."""

        def opener(*, shots: int, **noise: object) -> Backend:
            section = NoiseSection.model_validate(noise)
            return open_backend(BackendSection(name=name, shots=shots, noise=section))

        return opener

    @pytest.mark.parametrize("model", sorted(BELL))
    def test_bell_pairs_of_published_models_in_counts(self, noisy: Opener, model: str) -> None:
        """Odd outcomes appear with probability r2/2, shared equally."""
        backend = noisy(shots=SHOTS, model=model)
        counts = (_run(backend, Work(circuits=(bell(),), shots=SHOTS, seed=8)).counts or ())[0]
        odd = 1 - 2 * BELL[model]
        _assert_binomial(counts.tally.get("01", 0), odd / 2)
        _assert_binomial(counts.tally.get("10", 0), odd / 2)
        _assert_binomial(counts.tally.get("00", 0), BELL[model])

    @pytest.mark.parametrize("model", sorted(BELL))
    def test_bell_pairs_of_published_models_exactly(self, noisy: Opener, model: str) -> None:
        """The density matrix has the published probabilities to the last digit."""
        backend = noisy(shots=0, model=model)
        work = Work(circuits=(bell(),), observables=(ZeroProjector(), pauli("ZZ", (0, 1))))
        if not backend.capabilities.exact:
            with pytest.raises(PlanError):
                _run(backend, work)
            return
        found = _run(backend, work).expectations
        right = [[BELL[model], 4 * BELL[model] - 1]]
        np.testing.assert_allclose(np.asarray(found), right, atol=self.tolerance)

    def test_one_qubit_noise(self, noisy: Opener) -> None:
        """X with rate r leaves |1> with probability 1 - r/2."""
        backend = noisy(shots=SHOTS, depolarizing=0.2)
        work = Work(circuits=(Circuit.of(1, [Gate("x", (0,))]),), shots=SHOTS, seed=3)
        counts = (_run(backend, work).counts or ())[0]
        _assert_binomial(counts.tally["1"], 0.9)

    def test_noise_follows_every_gate_of_the_set(self, noisy: Opener) -> None:
        """A gate that is emitted as a matrix, or is the identity, is as noisy as any other."""
        backend = noisy(shots=SHOTS, depolarizing=0.2, depolarizing2=0.4)
        ones = [Circuit.of(1, [Gate("gpi", (0,), (0.1,))]), Circuit.of(1, [Gate("id", (0,))])]
        twos = [Circuit.of(2, [Gate("ms", (0, 1), (0.0, 0.0, 0.5))])]
        counts = _run(backend, Work(circuits=(*ones, *twos), shots=SHOTS, seed=3)).counts or ()
        _assert_binomial(counts[0].tally["1"], 0.9)
        _assert_binomial(counts[1].tally["0"], 0.9)
        _assert_binomial(counts[2].tally["11"], 1 - 0.4 * 3 / 4)

    def test_readout(self, noisy: Opener) -> None:
        """Each bit flips on its own, without any gate."""
        backend = noisy(shots=SHOTS, readout=0.1)
        work = Work(circuits=(Circuit.of(2, [Gate("x", (0,))]),), shots=SHOTS, seed=3)
        counts = (_run(backend, work).counts or ())[0]
        _assert_binomial(counts.tally["10"], 0.81)
        _assert_binomial(counts.tally["01"], 0.01)

    def test_readout_exactly(self, noisy: Opener) -> None:
        """Exact expectations are those of what is read out."""
        backend = noisy(shots=0, readout=0.1)
        if not backend.capabilities.exact:
            pytest.skip("the backend gives no exact expectations under noise, and says so")
        work = Work(
            circuits=(Circuit.of(2, [Gate("x", (0,))]),),
            observables=(z(0), pauli("ZZ", (0, 1)), ZeroProjector()),
        )
        found = np.asarray(_run(backend, work).expectations)
        np.testing.assert_allclose(found, [[-0.8, -0.64, 0.09]], atol=self.tolerance)

    def test_a_seed_repeats_under_noise(self, noisy: Opener) -> None:
        """Same work and seed, same counts."""
        work = Work(circuits=(bell(), bell()), shots=300, seed=4)
        first = _run(noisy(shots=300, depolarizing=0.3, readout=0.1), work).counts
        again = _run(noisy(shots=300, depolarizing=0.3, readout=0.1), work).counts
        assert first == again

    def test_wide_gates_are_refused(self, noisy: Opener) -> None:
        """No rate is defined for a gate on three wires."""
        backend = noisy(shots=10, model="aria-1")
        circuit = Circuit.of(3, [Gate("ccnot", (0, 1, 2))])
        with pytest.raises(PlanError, match="ccnot"):
            _run(backend, Work(circuits=(circuit,), shots=10))

    def test_the_snapshot_has_the_rates(self, noisy: Opener) -> None:
        """The manifest tells the noise that was really applied."""
        snapshot = noisy(shots=10, model="aria-1", depolarizing=0.25).snapshot()
        assert snapshot["noise"] == {"one_qubit": 0.25, "two_qubit": 0.0133, "readout": 0.0}

    def test_noise_takes_derivatives_away(self, noisy: Opener) -> None:
        """Nothing exact is left in the capabilities but what was claimed."""
        assert not noisy(shots=10, depolarizing=0.1).capabilities.gradients


def _run(backend: Backend, work: Work) -> Results:
    return backend.fetch(backend.submit(work, Intent(key=work.digest, digest=work.digest)))


def _assert_binomial(seen: int, probability: float) -> None:
    from scipy.stats import binomtest

    assert binomtest(seen, SHOTS, probability).pvalue > ERROR_RATE
