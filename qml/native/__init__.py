"""Compilation of circuits to the native gates of IonQ's trapped-ion machines."""

from qml.native.compiling import Native, compile_native, count_native
from qml.native.pulses import GateSet

__all__ = ["GateSet", "Native", "compile_native", "count_native"]
