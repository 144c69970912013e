"""Samples as files."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np  # noqa: TID253 - this module loads once a run really starts
from numpy.typing import NDArray  # noqa: TID253 - likewise

from qml.algorithms.samplers import Draws, Target
from qml.files import write_bytes, write_text

FILE = "samples.csv"


def thinned(draws: Draws, count: int) -> Draws:
    """Return so many draws of all chains, evenly spaced in time; all where there are fewer.

    The result has one chain.
    """
    spins = draws.spins.reshape(-1, draws.spins.shape[2])
    energies = draws.energies.reshape(-1)
    kept = np.arange(min(count, len(energies))) * len(energies) // min(count, len(energies))
    return draws._replace(spins=spins[kept][:, None], energies=energies[kept][:, None])


def digest(draws: Draws) -> str:
    """Return SHA-256 over the spins."""
    return hashlib.sha256(np.ascontiguousarray(draws.spins).tobytes()).hexdigest()


def write_all(path: Path, target: Target, drawn: Mapping[str, Draws]) -> None:
    """Write the samples of all methods as CSV: `method`, `energy`, and one column a variable."""
    spin = target.spin
    rows = ([name, *row] for name, draws in drawn.items() for row in _rows(draws, spin=spin))
    write_text(path, _csv(["method", "energy", *map(str, target.names)], rows))


def write_one(path: Path, target: Target, draws: Draws) -> None:
    """Write the samples of one method: .csv, or .npz with `samples`, `energies`, `names`."""
    names, spin = [str(name) for name in target.names], target.spin
    if path.suffix == ".csv":
        write_text(path, _csv(["energy", *names], _rows(draws, spin=spin)))
        return
    packed = io.BytesIO()
    np.savez_compressed(
        packed,
        samples=_values(draws, spin=spin),
        energies=draws.energies[:, 0],
        names=np.array(names),
    )
    write_bytes(path, packed.getvalue())


def _rows(draws: Draws, *, spin: bool) -> Iterator[list[object]]:
    values = _values(draws, spin=spin).tolist()
    for energy, row in zip(draws.energies[:, 0].tolist(), values, strict=True):
        yield [repr(energy), *row]


def _values(draws: Draws, *, spin: bool) -> NDArray[np.int8]:
    """Return spins -1 and +1, or bits, as the problem was written."""
    spins = draws.spins[:, 0]
    return spins if spin else ((1 - spins) // 2).astype(np.int8)


def _csv(head: list[str], rows: Iterable[list[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()
