"""How much memory a circuit takes, so that planning refuses what does not fit."""

from qml.circuits.model import CircuitModel

_FORWARD = 6
_BESIDES_BLOCKS = 8
_UNKNOWN_BLOCKS = 40


def bytes_needed(
    model: CircuitModel | int, *, batch: int, precision: str = "float32", gradient: bool = False
) -> int:
    """Estimate the peak memory of one step, from above.

    The derivative keeps the state before each block, so it grows with the number of blocks; for a
    bare number of wires, forty blocks are assumed.

    Args:
        model: A model, or a number of wires.
        batch: Rows evaluated at once.
        precision: "float32" or "float64".
        gradient: Whether the derivative is taken too.

    Returns:
        Bytes.

    Raises:
        CircuitError: `build` cannot be traced.
    """
    wires = model if isinstance(model, int) else model.wires
    amplitude = 16 if precision == "float64" else 8
    states = _BESIDES_BLOCKS + _blocks(model) if gradient else _FORWARD
    return states * amplitude * batch * (1 << wires)


def _blocks(model: CircuitModel | int) -> int:
    if isinstance(model, int):
        return _UNKNOWN_BLOCKS
    from qml.engine.compile import Program

    return len(Program.of(model).schedule.stages)
