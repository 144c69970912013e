"""What a backend cannot run is refused here, before anything runs."""

from qml.backends.base import Capabilities
from qml.config import Config
from qml.errors import PlanError

EXACT_ONLY = ("backprop", "adjoint")
NEEDS_EXACT_LOSS = ("lbfgs",)


def check_backend(name: str, capabilities: Capabilities, config: Config, qubits: int) -> None:
    """Refuse circuits that the backend cannot run.

    Raises:
        PlanError: Too many qubits, or shots, exactness or noise that it does not offer.
    """
    section = config.backend
    if qubits > capabilities.qubits:
        raise PlanError(
            f"the model has {qubits} qubits; `{name}` runs {capabilities.qubits} here",
            hint="lower model.qubits, or see `qml backends`",
        )
    if not section.noise.silent and not capabilities.noise:
        raise PlanError(
            f"`{name}` does not model noise", hint="backend.name = 'qsim' or 'aer' does"
        )
    if section.shots == 0 and not capabilities.exact:
        raise PlanError(
            f"`{name}` cannot give exact expectations with these settings",
            hint="set backend.shots, e.g. 1000",
        )
    if section.shots > 0 and not capabilities.samples:
        raise PlanError(f"`{name}` cannot sample", hint="backend.shots = 0")


def choose_gradient(name: str, capabilities: Capabilities, config: Config) -> str:
    """Return the gradient method, `auto` resolved.

    Raises:
        PlanError: The method does not fit the backend, or the optimiser not the method.
    """
    offered = capabilities.gradients if config.backend.shots == 0 else frozenset[str]()
    wanted = config.train.gradient
    if wanted == "auto":
        usual = "spsa" if capabilities.remote else "parameter_shift"  # each circuit is a job there
        wanted = next((g for g in EXACT_ONLY if g in offered), usual)
    if wanted in EXACT_ONLY and wanted not in offered:
        others = ", ".join(sorted({*offered, "parameter_shift", "spsa", "guided_spsa"}))
        raise PlanError(
            f"`{name}` with shots = {config.backend.shots} has no `{wanted}` gradients",
            hint=f"train.gradient can be: {others}",
        )
    if config.train.optimizer in NEEDS_EXACT_LOSS and wanted not in EXACT_ONLY:
        raise PlanError(
            f"optimiser `{config.train.optimizer}` needs exact gradients, not `{wanted}`",
            hint="train.optimizer = 'adam'",
        )
    return wanted


def check_memory(needed: int, free: int | None) -> None:
    """Refuse a step that does not fit into memory.

    Args:
        needed: Bytes of one step, estimated from above.
        free: Bytes that are free, or None where the system does not tell.

    Raises:
        PlanError: It does not fit.
    """
    if free is not None and needed > free:
        raise PlanError(
            f"one step needs about {needed / 2**30:.1f} GiB, {free / 2**30:.1f} GiB are free",
            hint="lower train.batch_size or model.qubits, or use backend.name = 'lightning'",
        )
