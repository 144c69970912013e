"""OpenQASM 3: the part of the language that jobs of type `ionq.qasm3.v1` may use.

Registers, the standard gates and IonQ's native ones, gate definitions, the modifiers `inv`, `ctrl`
and `negctrl`, measurements anywhere, `reset` and `barrier`. Control flow is refused, as by the
vendor.
"""

from qml.emulators.ionq.programs.qasm.reader import read_qasm

__all__ = ["read_qasm"]
