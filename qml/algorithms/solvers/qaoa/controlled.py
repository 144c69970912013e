"""Phases and flips under many controls, from gates of at most three wires and no extra wire.

Barenco et al., Phys. Rev. A 52, 3457 (1995), arXiv:quant-ph/9503016, lemmas 7.2, 7.3 and 7.5.
"""

from collections.abc import Iterator, Sequence

from qml.circuits import Gate

_PLAIN = 2


def phase_of_ones(angle: float, wires: Sequence[int]) -> Iterator[Gate]:
    """Multiply |1...1> by exp(i angle); O(n^2) gates."""
    if len(wires) == 1:
        yield Gate("phase", (wires[0],), (angle,))
        return
    *rest, one, last = wires
    if not rest:
        yield Gate("cphase", (one, last), (angle,))
    else:
        yield Gate("cphase", (one, last), (angle / 2,))
        yield from flip_where_ones(rest, one, idle=[last])
        yield Gate("cphase", (one, last), (-angle / 2,))
        yield from flip_where_ones(rest, one, idle=[last])
        yield from phase_of_ones(angle / 2, [*rest, last])


def flip_where_ones(controls: Sequence[int], target: int, *, idle: Sequence[int]) -> Iterator[Gate]:
    """Flip the target where all controls are 1; idle wires are used and given back as they were.

    One idle wire is enough for any number of controls.
    """
    count = len(controls)
    if count <= _PLAIN:
        yield Gate("cnot" if count == 1 else "ccnot", (*controls, target))
    elif len(idle) >= count - _PLAIN:
        yield from _chain(controls, target, idle)
    else:
        yield from _halves(controls, target, idle[0])


def _chain(controls: Sequence[int], target: int, idle: Sequence[int]) -> Iterator[Gate]:
    """Lemma 7.2: a chain of Toffoli gates, twice, over idle wires in any state."""
    borrowed = idle[: len(controls) - _PLAIN]
    ends = [*borrowed, target]
    down = [(controls[i + 1], ends[i - 1], ends[i]) for i in range(len(ends) - 1, 0, -1)]
    first = (controls[0], controls[1], ends[0])
    for steps in (down, down[1:]):
        for wires in (*steps, first, *steps[::-1]):
            yield Gate("ccnot", wires)


def _halves(controls: Sequence[int], target: int, spare: int) -> Iterator[Gate]:
    """Lemma 7.3: two halves, each over the idle wires that the other one leaves."""
    cut = (len(controls) + 2) // 2
    one, other = list(controls[:cut]), [*controls[cut:], spare]
    for _ in range(2):
        yield from flip_where_ones(one, spare, idle=[*controls[cut:], target])
        yield from flip_where_ones(other, target, idle=one)
