"""How much memory a circuit takes, so that planning refuses what does not fit."""

from qml.circuits.model import CircuitModel


def bytes_needed(
    model: CircuitModel | int, *, batch: int, precision: str = "float32", gradient: bool = False
) -> int:
    """Estimate the peak memory of one step.

    Args:
        model: A model, or a number of wires.
        batch: Rows evaluated at once.
        precision: "float32" or "float64".
        gradient: Whether the derivative is taken too.

    Returns:
        Bytes, an estimate from above.
    """
    wires = model if isinstance(model, int) else model.wires
    amplitude = 16 if precision == "float64" else 8
    copies = 40 if gradient else 4
    return copies * amplitude * batch * (1 << wires)
