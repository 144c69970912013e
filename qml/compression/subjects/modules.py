"""`torch:FILE.py:FUNCTION`: a model that the user's own code builds."""

import ast
import hashlib
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from math import prod
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from qml.compression.subjects.base import Examples, Unit
from qml.compression.subjects.layers import number_padding, stages_of, units_of
from qml.compression.subjects.weights import check_weights, load_weights
from qml.config.sections.compress import CompressSection
from qml.errors import DataError, MissingExtraError, PluginError, UsageError
from qml.files import digest_file
from qml.language.sources.base import Settings
from qml.plugins import load_entry

_HINT = "def FUNCTION(): return the nn.Module, with its weights or beside compress.weights"


def open_module(target: str, settings: Settings, section: CompressSection) -> "ModuleSubject":
    """Call the user's function, and load weights where `[compress]` names some.

    torch's random numbers begin at `compress.seed`, so that a function without stored weights
    builds the same model each time.

    Raises:
        UsageError: There is no such file, the function returns no model, or weights do not fit.
        PluginError: The code fails.
        MissingExtraError: torch is not installed.
    """
    file, function = find_module(target, settings, section)
    if settings.threads:
        torch.set_num_threads(settings.threads)
    with torch.random.fork_rng():
        torch.manual_seed(section.seed)
        builder = load_entry(f"{file.stem}:{function}", file.parent)
        module = _call(builder, target)
    if section.weights is not None:
        load_weights(module, settings.root / section.weights)
    shape = section.shape or getattr(builder, "shape", None)
    return ModuleSubject(
        f"torch:{target}",
        module.float().eval(),
        shape=None if shape is None else tuple(shape),
        code=digest_file(file),
    )


def find_module(target: str, settings: Settings, section: CompressSection) -> tuple[Path, str]:
    """Return file and function of an address; what can be told without running them is told.

    Raises:
        UsageError: There is no such file, or stored weights are missing or a pickle.
        PluginError: The file is no Python, or does not name the function.
        MissingExtraError: torch is not installed.
    """
    if find_spec("torch") is None:
        raise MissingExtraError("torch", extra="llm")
    file, function = _entry(target, settings.root)
    if section.weights is not None:
        check_weights(settings.root / section.weights)
    return file, function


class ModuleSubject:
    """A classifier: rows or images in, logits out.

    Args:
        name: How it was addressed.
        module: It; a `nn.Sequential` is a chain of stages, anything else one stage.
        shape: Of one input; None for rows as they are.
        code: SHA-256 of the file that builds it.

    Raises:
        UsageError: Nothing in it can be compressed.
    """

    batch = 256
    folder: Path | None = None

    def __init__(
        self, name: str, module: nn.Module, *, shape: tuple[int, ...] | None, code: str
    ) -> None:
        number_padding(module)
        self.name = name
        self.shape = shape
        self.module: nn.Sequential = stages_of(module)
        self.stages = len(self.module)
        self.units: tuple[Unit, ...]
        self.units, self.notes = units_of(self.module)
        self.files: Mapping[str, bytes] = {}
        self._code = code
        self._digest = _digest(self.module)

    def begin(self, examples: Examples) -> Tensor:
        """Return the rows or images."""
        return examples.inputs

    def run(self, stage: int, state: Tensor) -> Tensor:
        """Go through one child of the chain."""
        found: Tensor = self.module[stage](state)
        return found

    def logits(self, state: Tensor) -> Tensor:
        """Return the logits."""
        return state

    def read(self, paths: Sequence[Path], *, what: str, length: int, most: int | None) -> Examples:
        """Refuse: its examples are the rows of `[data]`; see `examples`."""
        del paths, length, most
        raise DataError(
            f"compress.{what} names text, and {self.name} is no language model",
            hint="its examples are the rows of [data]",
        )

    def examples(self, features: Any, labels: Any) -> Examples:
        """Return rows as examples.

        Args:
            features: Floats, shape (n, d).
            labels: Codes of the classes, shape (n,).

        Raises:
            UsageError: Rows do not have the shape, the model does not take them, or it has fewer
                outputs than there are classes.
        """
        inputs = torch.as_tensor(features, dtype=torch.float32)
        if self.shape is not None:
            if prod(self.shape) != inputs.shape[1]:
                raise UsageError(
                    f"rows of {inputs.shape[1]} numbers are no inputs of shape {self.shape}",
                    hint="compress.shape, or FUNCTION.shape beside the code, says their shape",
                )
            inputs = inputs.view(len(inputs), *self.shape)
        targets = torch.as_tensor(labels, dtype=torch.int64)
        self._check(inputs[:1], int(targets.max()))
        return Examples(inputs, targets, torch.arange(len(inputs)))

    def weight(self, unit: Unit) -> nn.Parameter:
        """Return the live parameter of a unit."""
        found: nn.Parameter = self.module.get_submodule(unit.name).weight
        return found

    def describe(self) -> dict[str, Any]:
        """Return source, digests, engine and sizes."""
        return {
            "source": self.name,
            "sha256": self._digest,
            "code_sha256": self._code,
            "engine": f"torch {version('torch')}",
            "parameters": sum(p.numel() for p in self.module.parameters()),
            "units": len(self.units),
            "unit_parameters": sum(unit.weights for unit in self.units),
        }

    def _check(self, row: Tensor, highest: int) -> None:
        try:
            with torch.inference_mode():
                found = self.module(row)
        except (RuntimeError, ValueError, TypeError, IndexError, AttributeError) as error:
            raise UsageError(
                f"{self.name} does not take inputs of shape {tuple(row.shape[1:])}: {error}",
                hint="compress.shape, or FUNCTION.shape beside the code, says their shape",
            ) from error
        if not isinstance(found, Tensor) or found.ndim != 2 or found.shape[1] <= highest:  # noqa: PLR2004 - (rows, classes)
            got = tuple(found.shape) if isinstance(found, Tensor) else type(found).__name__
            raise UsageError(
                f"{self.name} answers one row with {got}, and must with logits of {highest + 1}"
                " classes or more"
            )


def _entry(target: str, root: Path) -> tuple[Path, str]:
    path, _, function = target.rpartition(":")
    file = root / Path(path).expanduser()
    if not path or not function.isidentifier() or file.suffix != ".py":
        raise UsageError(f"`torch:{target}` names no function", hint="torch:FILE.py:FUNCTION")
    if not file.is_file():
        raise UsageError(f"there is no {file}", hint=_HINT)
    _check_names(file, function)
    return file, function


def _check_names(file: Path, function: str) -> None:
    """Refuse what is no Python, or nowhere has the function's name."""
    try:
        code = file.read_bytes()
        ast.parse(code, filename=str(file))
    except (SyntaxError, ValueError, OSError) as error:
        raise PluginError(f"{file} is no Python that can be read: {error}") from error
    if function.encode() not in code and b"import *" not in code:
        raise PluginError(f"{file} has no `{function}`", hint=_HINT)


def _call(builder: Any, target: str) -> nn.Module:
    try:
        found = builder()
    except Exception as error:  # the user's function may fail in any way; say which one and how
        raise PluginError(
            f"`torch:{target}` failed: {type(error).__name__}: {error}", hint=_HINT
        ) from error
    if not isinstance(found, nn.Module):
        raise UsageError(f"`torch:{target}` returned a {type(found).__name__}", hint=_HINT)
    return found


def _digest(module: nn.Module) -> str:
    """Return the SHA-256 of all weights and buffers, in the order of their names."""
    digest = hashlib.sha256()
    for name, values in sorted(module.state_dict().items()):
        digest.update(f"{name} {values.dtype} {tuple(values.shape)}\n".encode())
        digest.update(values.contiguous().flatten().view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()
