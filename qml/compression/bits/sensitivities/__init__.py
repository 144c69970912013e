"""Sensitivities: how far each tensor, alone in each format, takes the model from its teacher."""

from qml.compression.bits.sensitivities.measuring import measure

__all__ = ["measure"]
