"""The price of a plan: registers as the machine runs them, a job at a time, times its tariff."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import cycle, islice
from typing import NamedTuple

from qml.backends.remote import RemoteBackend
from qml.circuits import Circuit, Work
from qml.circuits.packing import pack
from qml.planning.purchase import Batch, Purchase
from qml.pricing import CircuitSize, JobSize, Quote, Tariff

MANY = 10**6
"""Wires of a register that holds whatever is laid on it."""


def price_purchase(
    backend: RemoteBackend,
    tariff: Tariff,
    sample: Sequence[Circuit],
    batches: Sequence[Batch],
    shots: int,
    *,
    side_by_side: bool,
    kinds: int = 1,
    mitigated: bool | None = None,
) -> Purchase:
    """Price work on a vendor's machine.

    Args:
        backend: The machine; it compiles the sample, which needs no network.
        tariff: Its tariff.
        sample: A few circuits of the kind that will run.
        batches: What will be submitted.
        shots: Shots of each circuit.
        side_by_side: Whether small circuits share registers, `backend.pack`.
        kinds: How many kinds of unlike size the sample has, in turn; batches have as many of each.
        mitigated: Whether the vendor's error mitigation is billed; as the backend has it if None.
    """
    each = [
        Registers(backend, tuple(sample[kind::kinds]), shots, side_by_side=side_by_side)
        for kind in range(kinds)
    ]
    loads = [
        (b, [register for kind in each for register in kind.of(b.circuits // kinds)])
        for b in batches
        if b.circuits
    ]
    quoted = [(b, list(_quotes(backend, tariff, load, shots, mitigated))) for b, load in loads]
    priced = [(b, q) for b, quotes in quoted for q in quotes]
    circuits = sum(b.times * len(load) for b, load in loads)
    seconds = backend.seconds(Work(circuits=(sample[0],), shots=shots))
    return Purchase(
        name=f"{backend.provider}.{backend.device}",
        circuits=circuits,
        shots=circuits * shots,
        one_qubit=sum(b.times * r.size.one_qubit for b, load in loads for r in load),
        two_qubit=sum(b.times * r.size.two_qubit for b, load in loads for r in load),
        jobs=sum(b.times for b, _ in priced),
        low=sum((b.times * q.low for b, q in priced), Decimal(0)),
        expected=sum((b.times * q.expected for b, q in priced), Decimal(0)),
        high=sum((b.times * q.high for b, q in priced), Decimal(0)),
        currency=tariff.currency,
        minimum_applies=any(q.minimum_applies for _, q in priced),
        notes=tuple(
            dict.fromkeys(
                _note(b, len(quotes), n) for b, quotes in quoted for q in quotes for n in q.notes
            )
        ),
        seconds=None if seconds is None else circuits * seconds,
        circuit=loads[0][1][0].circuit if loads else None,
    )


class Register(NamedTuple):
    """What runs on the machine's register at once.

    Attributes:
        circuit: One small circuit, or several side by side.
        size: What it amounts to, compiled.
    """

    circuit: Circuit
    size: CircuitSize


class Registers:
    """Registers that a number of small circuits fills.

    Args:
        backend: The machine.
        sample: A few of the circuits.
        shots: Shots of each.
        side_by_side: Whether they share registers.
    """

    def __init__(
        self,
        backend: RemoteBackend,
        sample: tuple[Circuit, ...],
        shots: int,
        *,
        side_by_side: bool,
    ) -> None:
        self._backend = backend
        self._sample = sample
        self._shots = shots
        widest = max(c.wires for c in sample)
        self._each = max(1, backend.capabilities.qubits // widest) if side_by_side else 1
        self._known: dict[int, Register] = {}

    def of(self, circuits: int) -> list[Register]:
        """Return the registers of so many circuits: full ones, and one for the rest."""
        full, rest = divmod(circuits, self._each)
        return [self._filled(self._each)] * full + ([self._filled(rest)] if rest else [])

    def _filled(self, circuits: int) -> Register:
        """Return a register of so many circuits, as large as any seen: zero angles are luck."""
        if circuits not in self._known:
            rows = [islice(cycle(self._sample), i, i + circuits) for i in range(len(self._sample))]
            wide = [pack(list(row), MANY).circuits[0] for row in rows]
            sizes = self._backend.sizes(Work(circuits=tuple(wide), shots=self._shots))
            self._known[circuits] = Register(wide[0], _largest(sizes))
        return self._known[circuits]


def _quotes(
    backend: RemoteBackend,
    tariff: Tariff,
    load: Sequence[Register],
    shots: int,
    mitigated: bool | None,  # noqa: FBT001 - as `price_purchase` was told
) -> Iterator[Quote]:
    """Price one submission, a job of the vendor at a time."""
    start = 0
    for work in backend.split(Work(circuits=tuple(r.circuit for r in load), shots=shots)):
        end = start + len(work.circuits)
        size = job_size(backend, work, sizes=[r.size for r in load[start:end]])
        yield tariff.quote(size if mitigated is None else replace(size, mitigated=mitigated))
        start = end


def job_size(
    backend: RemoteBackend, work: Work, sizes: Sequence[CircuitSize] | None = None
) -> JobSize:
    """Return what one job amounts to for a tariff.

    Args:
        backend: The machine.
        work: What one job holds.
        sizes: Sizes of its circuits, where they are known; compiled here otherwise.
    """
    seconds = backend.seconds(work)
    return JobSize(
        circuits=tuple(backend.sizes(work) if sizes is None else sizes),
        shots=work.shots,
        mitigated=backend.mitigated,
        seconds=_decimal(seconds),
        most_seconds=_decimal(backend.most_seconds),
        tasks=1,
    )


def _note(batch: Batch, jobs: int, note: str) -> str:
    """Say which submission a sum is about; other sentences hold for all of them."""
    if not note[:1].isdigit():
        return note
    return (
        f"each {batch.what}, in each of its {jobs} jobs: {note}"
        if jobs > 1
        else (f"each {batch.what}: {note}")
    )


def _decimal(seconds: float | None) -> Decimal | None:
    return None if seconds is None else Decimal(repr(float(seconds)))


def _largest(sizes: Sequence[CircuitSize]) -> CircuitSize:
    return CircuitSize(
        one_qubit=max(s.one_qubit for s in sizes),
        two_qubit=max(s.two_qubit for s in sizes),
        qubits=max(s.qubits for s in sizes),
        measured=max(s.measured for s in sizes),
    )
