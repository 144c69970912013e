"""The contract that every backend passes; authors of plug-ins inherit it.

```python
class TestMine(BackendContract):
    @pytest.fixture
    def section(self):
        return BackendSection(name="mine")
```

A backend is tested for what its capabilities claim, and for refusing what they do not.
Results are compared with `qml.testing.reference`. A statistical test fails a right backend once in
a million runs.
"""

import json
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from qml.backends.base import Backend, Intent, Results
from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate, Observable, Work, ZeroProjector, z
from qml.config.sections import BackendSection
from qml.errors import PlanError
from qml.results.counts import Counts
from qml.testing import circuits, reference
from qml.testing.gradient_contract import GradientContract
from qml.testing.statistics import distance, distance_bound

SHOTS = 4096


class BackendContract(GradientContract):
    """Inherit it in a test class and override the fixture `section`.

    Attributes:
        tolerance: Largest absolute error of an exact expectation.
    """

    tolerance: float = 2e-5

    @pytest.fixture
    def section(self) -> BackendSection:
        """`[backend]` that opens the backend, without noise."""
        raise NotImplementedError("override the fixture `section`")

    @pytest.fixture
    def backend(self, section: BackendSection) -> Iterator[Backend]:
        """The backend under test."""
        opened = open_backend(section)
        yield opened
        opened.close()

    def test_bits_are_in_order(self, backend: Backend) -> None:
        """Wire 0 is the first character of a bit string."""
        circuit = circuits.asymmetric()
        if backend.capabilities.samples:
            (counts,) = _counts(backend, [circuit], shots=64)
            assert dict(counts.tally) == {"100": 64}
            assert counts.wires == 3  # noqa: PLR2004 - the wires of this circuit
        if backend.capabilities.exact:
            found = _expectations(backend, [circuit], [z(0), z(1), z(2)])
            np.testing.assert_allclose(found, [[-1, 1, 1]], atol=self.tolerance)

    def test_every_gate_does_what_its_matrix_says(self, backend: Backend) -> None:
        """The whole gate set on a generic state; a failure names the gates."""
        assert _gates_that_differ(backend, circuits.gate_groups(), self.tolerance) == []

    def test_observables(self, backend: Backend) -> None:
        """Pauli sums, the identity and the zero projector on an entangled state."""
        if not backend.capabilities.exact:
            pytest.skip("the backend gives no exact expectations, and says so")
        observables = (*circuits.mixed_observables(), *circuits.pauli_strings(3))
        found = _expectations(backend, [circuits.entangled()], observables)
        right = reference.expectations([circuits.entangled()], observables)
        np.testing.assert_allclose(found, right, atol=4 * self.tolerance)

    def test_a_batch_keeps_its_order(self, backend: Backend) -> None:
        """Circuits of unlike structure and width come back where they went in."""
        batch = [
            Circuit.of(2 + i % 2, [Gate(n, (i % 2,), (0.3 * i,))])
            for i, n in enumerate(["ry", "rx", "ry", "rx", "phase", "ry", "ry"])
        ]
        batch.insert(3, Circuit(2, ()))
        if backend.capabilities.exact:
            found = _expectations(backend, batch, [z(0), z(1)])
            right = reference.expectations(batch, [z(0), z(1)])
            np.testing.assert_allclose(found, right, atol=self.tolerance)
        if backend.capabilities.samples:
            for counts, circuit in zip(_counts(backend, batch), batch, strict=True):
                assert _follows(counts, circuit)

    def test_counts_follow_the_distribution(self, backend: Backend) -> None:
        """Total variation distance within Weissman's bound."""
        if not backend.capabilities.samples:
            pytest.skip("the backend gives no counts, and says so")
        (counts,) = _counts(backend, [circuits.entangled()], shots=20_000)
        assert counts.shots == 20_000  # noqa: PLR2004 - as asked
        assert _follows(counts, circuits.entangled())

    def test_a_seed_repeats(self, backend: Backend, section: BackendSection) -> None:
        """Same work and seed, same counts, in this process and in a backend opened anew."""
        if not backend.capabilities.samples:
            pytest.skip("the backend gives no counts, and says so")
        batch = [circuits.uniform(6), circuits.entangled()]
        first = _counts(backend, batch, seed=11)
        again = open_backend(section)
        assert _tallies(_counts(backend, batch, seed=11)) == _tallies(first)
        assert _tallies(_counts(again, batch, seed=11)) == _tallies(first)
        again.close()

    def test_seeds_and_places_differ(self, backend: Backend) -> None:
        """Another seed, or another place in the batch, gives other counts."""
        if not backend.capabilities.samples:
            pytest.skip("the backend gives no counts, and says so")
        batch = [circuits.uniform(8), circuits.uniform(8)]
        one, two = _tallies(_counts(backend, batch, shots=200, seed=1))
        other, _ = _tallies(_counts(backend, batch, shots=200, seed=2))
        assert one != two
        assert one != other

    def test_what_is_not_claimed_is_refused(self, backend: Backend) -> None:
        """Exact expectations, counts and widths outside the capabilities raise PlanError."""
        able = backend.capabilities
        work = Work(circuits=(Circuit(able.qubits + 1, ()),), shots=1 if able.samples else 0)
        with pytest.raises(PlanError):
            backend.submit(work, _intent(work))
        if not able.exact:
            with pytest.raises(PlanError):
                _expectations(backend, [circuits.bell()], [z(0)])
        if not able.samples:
            with pytest.raises(PlanError):
                _counts(backend, [circuits.bell()])

    def test_jobs_are_found_and_fetched_again(self, backend: Backend) -> None:
        """`fetch` may be called twice, `find` knows the key and only that."""
        work = _smallest_work(backend)
        job = backend.submit(work, _intent(work))
        assert _same(backend.fetch(job), backend.fetch(job))
        found = backend.find(_intent(work))
        assert found is not None
        assert _same(backend.fetch(found), backend.fetch(job))
        assert backend.find(Intent(key="never/sent", digest=work.digest)) is None

    def test_usage_is_told_before_and_after(self, backend: Backend) -> None:
        """Circuits, shots and gates are told without running; the results say the same."""
        work = _smallest_work(backend)
        told = backend.usage(work)
        used = backend.fetch(backend.submit(work, _intent(work))).usage
        assert (told.circuits, told.shots) == (1, work.shots)
        assert (told.one_qubit, told.two_qubit) == (1, 1)
        assert (used.circuits, used.shots, used.submissions) == (1, work.shots, 1)
        assert used.seconds >= 0

    def test_snapshot_is_json(self, backend: Backend) -> None:
        """The manifest can hold what the backend says of itself."""
        snapshot = json.loads(json.dumps(dict(backend.snapshot())))
        assert snapshot["name"] == backend.name


def _gates_that_differ(
    backend: Backend, groups: Sequence[tuple[str, ...]], tolerance: float
) -> list[str]:
    """Run the gates in groups, and the gates of a wrong group one by one."""
    differs = _differs_exactly if backend.capabilities.exact else _differs_in_counts
    wrong = differs(backend, [circuits.gate_circuit(g) for g in groups], tolerance)
    suspects = [name for group, bad in zip(groups, wrong, strict=True) if bad for name in group]
    if not suspects or all(len(g) == 1 for g in groups):
        return suspects
    return _gates_that_differ(backend, [(n,) for n in suspects], tolerance) or suspects


def _differs_exactly(backend: Backend, batch: list[Circuit], tolerance: float) -> list[bool]:
    observables = circuits.pauli_strings(4)
    found = _expectations(backend, batch, observables)
    right = reference.expectations(batch, observables)
    return [bool(row.max() > tolerance) for row in np.abs(found - right)]


def _differs_in_counts(backend: Backend, batch: list[Circuit], tolerance: float) -> list[bool]:
    del tolerance  # the bound is statistical
    wrong = np.zeros(len(batch), dtype=bool)
    for basis in ("id", "h", "sx"):
        rotated = [
            Circuit(c.wires, (*c.gates, *(Gate(basis, (w,)) for w in range(c.wires))))
            for c in batch
        ]
        wrong |= [
            not _follows(counts, circuit)
            for counts, circuit in zip(_counts(backend, rotated), rotated, strict=True)
        ]
    return [bool(w) for w in wrong]


def _intent(work: Work) -> Intent:
    return Intent(key=f"contract/{work.digest[:12]}", digest=work.digest)


def _run(backend: Backend, work: Work) -> Results:
    return backend.fetch(backend.submit(work, _intent(work)))


def _expectations(
    backend: Backend,
    batch: Sequence[Circuit],
    observables: Sequence[Observable | ZeroProjector],
) -> NDArray[np.float64]:
    work = Work(circuits=tuple(batch), observables=tuple(observables))
    found = _run(backend, work).expectations
    assert found is not None
    assert found.shape == (len(batch), len(observables))
    return found


def _counts(
    backend: Backend, batch: Sequence[Circuit], *, shots: int = SHOTS, seed: int = 5
) -> Sequence[Counts]:
    found = _run(backend, Work(circuits=tuple(batch), shots=shots, seed=seed)).counts
    assert found is not None
    assert len(found) == len(batch)
    return found


def _follows(counts: Counts, circuit: Circuit) -> bool:
    off = distance(counts, reference.probabilities(circuit))
    return off <= distance_bound(2**circuit.wires, counts.shots)


def _tallies(found: Sequence[Counts]) -> list[dict[str, int]]:
    return [dict(sorted(c.tally.items())) for c in found]


def _smallest_work(backend: Backend) -> Work:
    if backend.capabilities.samples:
        return Work(circuits=(circuits.bell(),), shots=16, seed=3)
    return Work(circuits=(circuits.bell(),), observables=(z(0),))


def _same(one: Results, two: Results) -> bool:
    return one.counts == two.counts and np.array_equal(
        np.asarray(one.expectations), np.asarray(two.expectations)
    )
