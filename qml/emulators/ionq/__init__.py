"""IonQ's API v0.4 on the loopback, backed by a real simulator.

with serve(noise="forte-1", seed=1, faults=["502-after-accept@1"]) as emulator:
    client = IonQClient(token="any", url=emulator.url)
"""

from qml.emulators.ionq.emulator import Emulator, checked_noise, serve
from qml.emulators.ionq.faults import NAMES, Fault
from qml.emulators.ionq.options import Minimum, Options

__all__ = ["NAMES", "Emulator", "Fault", "Minimum", "Options", "checked_noise", "serve"]
