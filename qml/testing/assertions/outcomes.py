"""Counts and distributions in the forms in which people have them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError
from qml.results.counts import Counts
from qml.testing.assertions.programs import Program, is_program, program
from qml.testing.reference import probabilities

WIDEST = 16
"""Most wires whose distribution is held as an array."""

_ROUNDING = 1e-4
_PAIR = 2


def counts_of(thing: Any) -> Counts | None:
    """Read counts; None where it is something else.

    Taken are `Counts`, mappings of bit strings to numbers, and samples of shape (shots, wires)
    with entries 0 and 1. Wire 0 is the first bit.
    """
    if isinstance(thing, Counts):
        return thing
    if isinstance(thing, Mapping):
        return _from_mapping(thing)
    if isinstance(thing, np.ndarray | list) and np.ndim(thing) == _PAIR:
        samples = np.asarray(thing)
        if not np.isin(samples, (0, 1)).all():
            raise DataError("samples are rows of bits, 0 and 1, one row for each shot")
        return Counts.from_samples(samples.astype(np.int8))
    return None


def _from_mapping(tally: Mapping[Any, Any]) -> Counts:
    found = {str(key).replace(" ", ""): int(times) for key, times in tally.items()}
    _check_keys(found)
    if any(times < 0 or times != int(times) for times in tally.values()):
        raise DataError("counts are whole numbers of shots", hint="give shares as `expected`")
    if not sum(found.values()):
        raise DataError("there are no counts: not one shot was taken")
    return Counts(len(next(iter(found))), {k: t for k, t in found.items() if t})


def _check_keys(keys: Mapping[str, Any]) -> None:
    if len({len(k) for k in keys}) != 1 or any(set(k) - {"0", "1"} for k in keys):
        shown = ", ".join(list(keys)[:4])
        raise DataError(f"outcomes are bit strings of one length, got: {shown}")


def tally_of(counts: Counts) -> NDArray[np.int64]:
    """Return counts by index, shape (2**wires,)."""
    refuse_wide(counts.wires)
    found = np.zeros(2**counts.wires, dtype=np.int64)
    for key, times in counts.tally.items():
        found[int(key, 2)] = times
    return found


def marginal(counts: Counts, wires: tuple[int, ...]) -> Counts:
    """Return the counts of some wires, in this order."""
    if wires == tuple(range(counts.wires)):
        return counts
    found: dict[str, int] = {}
    for key, times in counts.tally.items():
        part = "".join(key[w] for w in wires)
        found[part] = found.get(part, 0) + times
    return Counts(len(wires), found)


def distribution_of(thing: Any) -> NDArray[np.float64]:
    """Read a distribution, shape (2**wires,), sum 1.

    Taken are mappings of bit strings to probabilities (others are 0), arrays of probabilities by
    index, state vectors (complex), and programs, whose exact distribution it is then.

    Raises:
        DataError: It is none.
    """
    if is_program(thing):
        return exact_distribution(program(thing))
    if isinstance(thing, Mapping):
        found = _by_index(thing)
    else:
        found = np.asarray(thing)
        found = np.abs(found) ** 2 if np.iscomplexobj(found) else found.astype(np.float64)
    if found.ndim != 1 or len(found) < _PAIR or len(found) & (len(found) - 1):
        raise DataError(f"a distribution over bit strings has 2**wires entries, got {found.shape}")
    if (found < -_ROUNDING).any() or abs(found.sum() - 1) > _ROUNDING:
        raise DataError(f"the expected probabilities add up to {found.sum():.6g}, not to 1")
    clipped = np.clip(found, 0, None)
    return np.asarray(clipped / clipped.sum(), dtype=np.float64)


def _by_index(shares: Mapping[Any, Any]) -> NDArray[np.float64]:
    keyed = {str(key).replace(" ", ""): float(share) for key, share in shares.items()}
    _check_keys(keyed)
    wires = len(next(iter(keyed)))
    refuse_wide(wires)
    found = np.zeros(2**wires)
    for key, share in keyed.items():
        found[int(key, 2)] = share
    return found


def exact_distribution(source: Program) -> NDArray[np.float64]:
    """Return the exact distribution of the measured wires, by NumPy in double precision."""
    refuse_wide(source.circuit.wires)
    return marginal_distribution(probabilities(source.circuit), source.measured)


def marginal_distribution(
    distribution: NDArray[np.float64], wires: tuple[int, ...]
) -> NDArray[np.float64]:
    """Return the distribution of some wires, in this order."""
    count = len(distribution).bit_length() - 1
    tensor = distribution.reshape((2,) * count)
    others = tuple(w for w in range(count) if w not in wires)
    kept = tensor.sum(axis=others)
    ascending = sorted(wires)
    return np.asarray(kept.transpose([ascending.index(w) for w in wires]).reshape(-1))


def refuse_wide(wires: int) -> None:
    """Refuse more outcomes than can be told apart.

    Raises:
        DataError: There are more than `WIDEST` wires.
    """
    if wires > WIDEST:
        raise DataError(
            f"a distribution over {wires} wires has 2**{wires} outcomes, at most {WIDEST} wires"
            " can be tested",
            hint="measure some of the wires, or use assert_expectation",
        )
