"""What a program takes is told from above, whatever the layers."""

from qml.engine.diagonal.memory import bytes_needed


def test_a_state_of_24_wires_fits_into_little_memory():
    assert bytes_needed(1 << 24) < 2**30
    assert bytes_needed(1 << 24, gradient=True) < 2 * 2**30
    assert bytes_needed(8, precision="float64") > bytes_needed(8)
