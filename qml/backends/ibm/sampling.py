"""One way to sample for fake and for real machines: compiled circuits in, counts out."""

from collections.abc import Sequence
from typing import Any

from qml.backends.ibm.translate import REGISTER, counts
from qml.errors import ProviderError
from qml.results.counts import Counts


def send(sampler: Any, programs: Sequence[Any], shots: int) -> Any:
    """Hand compiled circuits to a sampler of Qiskit; the job that it made is returned."""
    return sampler.run(list(programs), shots=shots)


def read(result: Any) -> tuple[Counts, ...]:
    """Read a sampler's result (`PrimitiveResult`), whose registers are called `meas`.

    Raises:
        ProviderError: It has another register.
    """
    return tuple(_one(item) for item in result)


def _one(item: Any) -> Counts:
    bits = getattr(item.data, REGISTER, None)
    if bits is None:
        raise ProviderError(f"IBM returned no counts of `{REGISTER}`, but {list(item.data)}")
    return counts(bits, bits.num_bits)
