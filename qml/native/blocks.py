"""Runs of rotations on one pair, rewritten with as few as there are non-zero Cartan coordinates."""

from itertools import combinations

import numpy as np

from qml.native.cartan import PAULIS, Cartan, Matrix, cartan
from qml.native.network import Network, Rotation
from qml.native.quaternions import (
    NEGLIGIBLE,
    QUARTER,
    X,
    Y,
    Z,
    multiply,
    orthogonal,
    pull_back,
)

SHORTEST = 2
"""Length of the shortest run that may be shortened; single rotations are as short as can be."""


def consolidate(network: Network, one: int, other: int, *, relabel: bool) -> bool:
    """Shorten the trailing run on a pair, if fewer rotations do the same.

    Args:
        network: Circuit so far.
        one: A wire.
        other: The wire paired with it.
        relabel: Whether the result may exchange the two wires, which moves every coordinate by 1/4:
            three CNOTs that make a SWAP become nothing.

    Returns:
        Whether the two wires of the network have changed places.
    """
    if not network.repeats(one, other, SHORTEST):
        return False
    run = network.trailing(min(one, other), max(one, other))
    if not _worth_a_look(run, relabel=relabel):
        return False
    plain = cartan(_product(run))
    swapped = plain.swapped()
    exchange = relabel and swapped.rotations < plain.rotations
    best = swapped if exchange else plain
    if best.rotations >= len(run):
        return False
    if exchange:
        network.exchange(one, other)
    _replace(network, run, best)
    return exchange


def _replace(network: Network, run: list[Rotation], by: Cartan) -> None:
    """Put a decomposition in the place of a trailing run, its gates C and D pulled to the end."""
    left, right = run[0].left, run[0].right
    (a, b), (c, d) = by.after, by.before
    network.remove_trailing(run)
    network.after(left, multiply(a, c))
    network.after(right, multiply(b, d))
    for axis, angle in zip((X, Y, Z), by.coordinates, strict=True):
        if angle:
            network.add(Rotation(left, right, pull_back(c, axis), pull_back(d, axis), angle))


def _product(run: list[Rotation]) -> Matrix:
    """Return the unitary of a run, shape (4, 4), the lower wire most significant."""
    unitary: Matrix = np.eye(4, dtype=np.complex128)
    for rotation in run:
        first = np.tensordot(rotation.first, PAULIS, axes=1)
        second = np.tensordot(rotation.second, PAULIS, axes=1)
        turn = np.pi * rotation.angle
        unitary = np.cos(turn) * unitary - 1j * np.sin(turn) * (np.kron(first, second) @ unitary)
    return unitary


def _worth_a_look(run: list[Rotation], *, relabel: bool) -> bool:
    """Whether a run may be shortened: two that do not merge take two, but for half a SWAP."""
    quarters = sum(abs(abs(r.angle) - QUARTER) < NEGLIGIBLE for r in run)
    if _canonical(run):
        return relabel and quarters > (len(run) == SHORTEST)
    return len(run) > SHORTEST


def _canonical(run: list[Rotation]) -> bool:
    """Whether the rotations commute as XX, YY and ZZ do: then their angles are the coordinates."""
    return all(
        orthogonal(a.first, b.first) and orthogonal(a.second, b.second)
        for a, b in combinations(run, 2)
    )
