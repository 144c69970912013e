"""Weights of a model of the user's own: safetensors, never a pickle."""

from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from qml.errors import UsageError

_PICKLES = (".pt", ".pth", ".bin", ".pkl", ".ckpt", ".pickle")
_STARTS = (b"\x80", b"PK\x03\x04")
"""A pickle, and the archive of pickles that `torch.save` writes."""


def load_weights(module: nn.Module, path: Path) -> None:
    """Put stored weights into a model.

    Raises:
        UsageError: The file is missing, a pickle or damaged, or its tensors are not the model's.
    """
    check_weights(path)
    try:
        module.load_state_dict(load_file(path), strict=True)
    except SafetensorError as error:
        raise UsageError(f"{path} is damaged or no safetensors file: {error}") from error
    except RuntimeError as error:
        raise UsageError(
            f"{path} does not fit the model: {_first(error)}",
            hint="safetensors.torch.save_model(module, FILE) writes all of a model's tensors",
        ) from error


def check_weights(path: Path) -> None:
    """Refuse a file that is missing or a pickle.

    Raises:
        UsageError: With the way out.
    """
    if not path.is_file():
        raise UsageError(f"there is no {path}", hint="compress.weights names a safetensors file")
    refuse_pickle(path)


def refuse_pickle(path: Path) -> None:
    """Refuse a file that loading could run code of.

    Raises:
        UsageError: With the way out.
    """
    with path.open("rb") as stream:
        start = stream.read(9)
    # the length of a safetensors header may begin as a pickle does; then the header follows
    looks = start.startswith(_STARTS) and start[8:] != b"{"
    if path.suffix in _PICKLES or looks:
        raise UsageError(
            f"{path} is a pickle, which can run any code when it is loaded",
            hint="convert it where you trust it: safetensors.torch.save_model(module, FILE)",
        )


def _first(error: RuntimeError) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[1] if len(lines) > 1 else lines[0]
