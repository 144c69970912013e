"""Whether methods, target and solver go together; each method checks its own settings and order."""

from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError
from qml.ports import Progress

_DEFAULT = CompressSection().solver
_WITH_SOLVER = ("round", "prune")


def solver_key(section: CompressSection) -> str:
    """Return the key that `--solver` means: that of `bits`, else of the only method that has one.

    Args:
        section: With the methods that are carried out.
    """
    able = [name for name in section.methods if name in _WITH_SOLVER]
    if section.model.startswith("run:") or "bits" in section.methods or len(able) != 1:
        return "compress.solver"
    return f"compress.{able[0]}.solver"


def check_together(section: CompressSection) -> None:
    """Refuse a size that no method obeys, and a solver that no method asks.

    Raises:
        ConfigError: Says which, and what would.
    """
    if "bits" in section.methods:
        return
    from qml.compression.target import read_target

    target = read_target(section.target)
    if target.bpw is not None or target.bytes is not None:
        raise ConfigError(
            f"compress.target = `{section.target}` asks for a size, and"
            f" {', '.join(section.methods)} alone reaches none",
            hint="add bits: --method prune,bits; or leave the size out: --target 50%",
        )
    if section.solver != _DEFAULT or section.solver_options:
        raise ConfigError(
            "compress.solver and compress.solver_options are for `bits`, which is no method here",
            hint=f"{solver_key(section)} = ..., or --solver",
        )


def tell(section: CompressSection, progress: Progress) -> None:
    """Say before anything is measured what a method can do little about."""
    if section.export == "gguf" and {"bits", "distill"} <= set(section.methods):
        progress.say(
            "distill does not train matrices in formats of GGUF: norms alone; --export safetensors"
            " keeps integers whose scales it trains"
        )
