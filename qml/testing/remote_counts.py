"""The part of the contract of remote backends that is about counts: the right circuits were run."""

from dataclasses import replace

import pytest

from qml.backends.remote import RemoteBackend
from qml.circuits import Circuit, Gate, Work
from qml.circuits.gates import GATES
from qml.results.counts import Counts
from qml.testing import circuits, reference
from qml.testing.remote_vendor import Opener, Vendor, bought, intent, wait_for
from qml.testing.statistics import distance, distance_bound

SHOTS = 20_000


class RemoteCountsContract:
    """Inherit it in a test class and override the fixture `open_vendor`.

    Attributes:
        seeded: Whether the seed of the work decides the counts; on a machine it does not.
        noise: Largest total variation distance that the vendor's noise makes.
    """

    seeded: bool = True
    noise: float = 0.0

    @pytest.fixture
    def open_vendor(self) -> Opener:
        """Opens vendors, and closes them when the test ends."""
        raise NotImplementedError("override the fixture `open_vendor`")

    @pytest.fixture
    def vendor(self, open_vendor: Opener) -> Vendor:
        """A vendor without faults."""
        return open_vendor()

    @pytest.fixture
    def backend(self, vendor: Vendor) -> RemoteBackend:
        """The backend under test."""
        return vendor.connect()

    def test_bits_are_in_order(self, backend: RemoteBackend) -> None:
        """Wire 0 is the first character of a bit string."""
        (counts,) = bought(backend, [circuits.asymmetric()], shots=64)
        assert counts.wires == 3  # noqa: PLR2004 - the wires of this circuit
        assert _mostly(counts) == "100"

    def test_every_gate_does_what_its_matrix_says(self, backend: RemoteBackend) -> None:
        """The whole gate set on a generic state; a failure names the gates."""
        names = sorted(GATES)
        batch = [circuits.gate_circuit((name,)) for name in names]
        found = bought(backend, batch, shots=SHOTS)
        matched = zip(names, found, batch, strict=True)
        assert [name for name, c, b in matched if not self._follows(c, b)] == []

    def test_a_batch_keeps_its_order(self, backend: RemoteBackend) -> None:
        """Circuits of unlike width come back where they went in, with the bits of their wires."""
        marks = [(1, 0), (3, 2), (3, 0), (2, 1), (4, 3), (2, 0), (4, 0)]
        batch = [Circuit.of(width, [Gate("x", (on,))]) for width, on in marks]
        batch.insert(3, Circuit(2, ()))
        batch.append(circuits.entangled())
        *found, entangled = bought(backend, batch, shots=SHOTS)
        for counts, circuit in zip(found, batch, strict=False):
            on = [gate.wires[0] for gate in circuit.gates]
            assert _mostly(counts) == "".join("01"[w in on] for w in range(circuit.wires))
        assert self._follows(entangled, circuits.entangled())

    def test_seeds_repeat_and_differ(self, open_vendor: Opener) -> None:
        """Same work, same counts, at another vendor and in another process; else other counts."""
        if not self.seeded:
            pytest.skip("a machine follows no seed")
        batch = [circuits.uniform(6), circuits.uniform(6)]
        one, two = (bought(open_vendor().connect(), batch, shots=300, seed=11) for _ in range(2))
        other = bought(open_vendor().connect(), batch, shots=300, seed=12)
        assert one == two
        assert one[0] != one[1]
        assert one[0] != other[0]

    def test_what_is_said_is_what_is_counted_and_billed(self, vendor: Vendor) -> None:
        """Sizes, usage, the vendor's count and the vendor's bill tell one story."""
        backend = vendor.connect()
        both = Work(circuits=(circuits.entangled(), circuits.bell()), shots=1000, seed=1)
        work, *_ = backend.split(both)
        job = backend.submit(work, intent("mine"))
        wait_for(backend, job)
        sizes = backend.sizes(work)
        gates = sum(s.one_qubit for s in sizes), sum(s.two_qubit for s in sizes)
        assert gates == vendor.gates(job.id)
        told, used = backend.usage(work), backend.fetch(job).usage
        right = replace(work.size, one_qubit=gates[0], two_qubit=gates[1])
        assert told == right
        assert replace(used, seconds=0.0) == right
        assert backend.billed(job) == vendor.bill(job.id)

    def _follows(self, counts: Counts, circuit: Circuit) -> bool:
        off = distance(counts, reference.probabilities(circuit))
        return off <= self.noise + distance_bound(2**circuit.wires, counts.shots)


def _mostly(counts: Counts) -> str:
    return max(counts.tally, key=lambda key: counts.tally[key])
