"""Pulses: how many, and that frames carry over."""

import pytest

from qml.circuits import Circuit, Gate
from qml.native import compile_native


def written(gateset, *gates, wires=2):
    return [
        (g.name, g.wires, *(round(p, 9) for p in g.params))
        for g in compile_native(Circuit.of(wires, gates), gateset).circuit.gates
    ]


def test_published_identities():
    """X is GPI(0), Y is GPI(1/4), RX(pi/2) is GPI2(0), and H is GPI2(3/4) before an RZ(pi)."""
    assert written("forte", Gate("x", (0,))) == [("gpi", (0,), 0.0)]
    assert written("forte", Gate("y", (0,))) == [("gpi", (0,), 0.25)]
    assert written("forte", Gate("sx", (0,))) == [("gpi2", (0,), 0.0)]
    assert written("forte", Gate("h", (0,))) == [("gpi2", (0,), 0.75)]


def test_virtual_z_turns_phases():
    """GPI2(0) after RZ(t) is RZ(t) after GPI2(-t/2 pi), and so for each phase of MS."""
    assert written("forte", Gate("phase", (0,), (0.6283185307179586,)), Gate("sx", (0,))) == [
        ("gpi2", (0,), 0.9)
    ]
    shifted = [Gate("rz", (0,), (0.6283185307179586,)), Gate("ms", (0, 1), (0.0, 0.1, 0.2))]
    assert written("aria", *shifted)[0] == ("ms", (0, 1), 0.9, 0.1, 0.2)


def test_native_gates_pass_unchanged():
    assert written("forte", Gate("zz", (0, 1), (0.125,))) == [("zz", (0, 1), 0.125)]
    assert written("forte", Gate("zz", (0, 1), (-0.125,))) == [("zz", (0, 1), -0.125)]
    assert written("aria", Gate("ms", (0, 1), (0.0, 0.0, 0.25)))[0] == (
        "ms",
        (0, 1),
        0.0,
        0.0,
        0.25,
    )


def test_a_negative_ms_angle_is_half_a_turn_of_a_phase():
    assert written("aria", Gate("rxx", (0, 1), (-0.6283185307179586,))) == [
        ("ms", (0, 1), 0.5, 0.0, 0.1)
    ]


@pytest.mark.parametrize(
    ("gates", "pulses"),
    [
        ([Gate("rzz", (0, 1), (0.3,))], 4),
        # one pulse brings Z to the equator, and X stays there: XX needs none of its own
        ([Gate("rzz", (0, 1), (0.3,)), Gate("rxx", (0, 1), (0.4,))], 4),
        ([Gate("rxx", (0, 1), (0.3,)), Gate("ryy", (0, 1), (0.4,))], 0),
        ([Gate("h", (0,)), Gate("h", (1,)), Gate("rzz", (0, 1), (0.3,))], 2),
    ],
)
def test_aria_looks_ahead(gates, pulses):
    assert sum(len(on) == 1 for _, on, *_ in written("aria", *gates)) == pulses


def test_frames_are_never_undone():
    """Between two ZZ a wire gets two pulses at most, whatever was asked for."""
    turns = [Gate("u3", (0,), (0.3 * k, 0.2, 0.1 * k)) for k in range(1, 9)]
    ends = Gate("rzz", (0, 1), (0.3,)), Gate("rzz", (0, 2), (0.3,))
    assert len(written("forte", ends[0], *turns, ends[1], wires=3)) == 4
