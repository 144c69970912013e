"""`[backend.noise]` on IonQ's simulator: a published model by name, and nothing else."""

from qml.config.sections.backend import NoiseSection
from qml.errors import PlanError
from qml.seeds import derive

IDEAL = "ideal"


def model_of(section: NoiseSection) -> str:
    """Return the vendor's name of the noise model.

    Raises:
        PlanError: The section has rates of its own, which IonQ's simulator does not take.
    """
    own = [
        key for key in ("depolarizing", "depolarizing2", "readout") if getattr(section, key, None)
    ]
    if own:
        keys = " and ".join(f"`backend.noise.{key}`" for key in own)
        raise PlanError(
            f"IonQ's simulator takes a noise model by name, and {keys} would be ignored",
            hint='set `backend.noise.model = "forte-1"` alone, or use backend `qsim` or `aer`',
        )
    return section.model or IDEAL


def seed_of(seed: int) -> int:
    """Return the seed that the vendor's noise is drawn with, 0 to 2**31 - 1."""
    return derive(seed, "noise")
