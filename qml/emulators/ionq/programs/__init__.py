"""What a job asks for, read into steps that can be simulated and counted."""

from qml.emulators.ionq.programs.steps import Measure, Place, Program, Reset, Step, Unitary

__all__ = ["Measure", "Place", "Program", "Reset", "Step", "Unitary"]
