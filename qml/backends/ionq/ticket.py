"""What travels in a job's metadata, so that its results can be read by whoever finds it.

IonQ allows 10 keys (qiskit-ionq takes four) and tells 400 characters for a value in one place and
40,000 in another: ours stay below 400.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple, Self

from qml.errors import ProviderError

KEY = "qml_key"
SEED = "qml_seed"
WIRES = "qml_wires"
GATES = "qml_gates"
SHOTS = "shots"  # qiskit-ionq writes it
MOST_RUNS = 50  # runs of equal width; `29x5000 ` takes eight characters


class Ticket(NamedTuple):
    """What has to be known of a job.

    Attributes:
        key: Key of the intent.
        seed: Seed of the sampling.
        shots: Shots of each circuit.
        wires: Width of each circuit, in order.
        one_qubit: One-qubit gates over all circuits.
        two_qubit: Two-qubit gates likewise.
    """

    key: str
    seed: int
    shots: int
    wires: tuple[int, ...]
    one_qubit: int
    two_qubit: int

    def metadata(self) -> dict[str, str]:
        """Return what is sent beside what qiskit-ionq sends itself."""
        return {
            KEY: self.key,
            SEED: str(self.seed),
            WIRES: packed(self.wires),
            GATES: f"{self.one_qubit} {self.two_qubit}",
        }

    @classmethod
    def read(cls, job_id: str, metadata: Any) -> Self:
        """Read a ticket back.

        Raises:
            ProviderError: The job carries none, so qml cannot have sent it.
        """
        try:
            one, two = (int(n) for n in metadata[GATES].split())
            return cls(
                key=metadata[KEY],
                seed=int(metadata[SEED]),
                shots=int(metadata[SHOTS]),
                wires=unpacked(metadata[WIRES]),
                one_qubit=one,
                two_qubit=two,
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise ProviderError(
                f"job {job_id} of IonQ was not sent by qml: its metadata do not tell its circuits",
                hint="qml reads its own jobs; take this one's results with qiskit-ionq",
            ) from None


def key_of(job: Mapping[str, Any]) -> str | None:
    """Return our key in a listed job, or None."""
    metadata = job.get("metadata")
    key = metadata.get(KEY) if isinstance(metadata, Mapping) else None
    return key if isinstance(key, str) else None


def packed(wires: Sequence[int]) -> str:
    """Write widths shortly: `3x12 2 3` is twelve of 3, one of 2, one of 3."""
    runs = [(width, sum(1 for _ in run)) for width, run in groupby(wires)]
    return " ".join(f"{width}x{times}" if times > 1 else f"{width}" for width, times in runs)


def unpacked(text: str) -> tuple[int, ...]:
    """Read `packed` widths.

    Raises:
        ValueError: They are none.
    """
    runs = [(run.partition("x")[0], run.partition("x")[2] or "1") for run in text.split()]
    return tuple(width for w, times in runs for width in [int(w)] * int(times))
