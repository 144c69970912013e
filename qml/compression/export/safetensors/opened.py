"""A written folder alone: a language model from its own configuration, tokenizer and weights."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from qml.compression.export.atomic import on_disk
from qml.compression.export.safetensors.reading import Contents, read, weights_file
from qml.compression.judging import outputs
from qml.compression.speed import teacher_speed
from qml.compression.subjects.base import Examples
from qml.compression.subjects.causal import CausalSubject
from qml.compression.subjects.corpora import examples_of
from qml.compression.subjects.decoders import straighten
from qml.errors import UsageError
from qml.files import digest_file
from qml.language.folders import needs_own_code
from qml.language.loading import quiet

_PROMPT = 16


def load_subject(path: Path) -> CausalSubject:
    """Load a model from the folder that `write` made; the teacher is not needed.

    Raises:
        UsageError: It is missing, damaged, of another version, or no language model; code that
            came with the source is never run from here.
    """
    file = weights_file(path)
    contents, folder = read(path), file.parent
    if not (folder / "config.json").is_file():
        raise UsageError(
            f"{folder} has no config.json: a model of your own code has none",
            hint="`qml compress verify` builds it by the code of its run",
        )
    if needs_own_code(folder):
        raise UsageError(f"{folder} needs code of its own, which is not run from an export")
    tokenizer, model = _built(folder)
    _fill(model, contents, file)
    name = f"safetensors:{path}"
    return CausalSubject(name, model.eval(), tokenizer, folder=folder, digest=digest_file(file))


class OpenedFolder:
    """See `qml.compression.export.base.Exported`.

    Args:
        path: The folder, or its weights.

    Raises:
        UsageError: See `load_subject`.
    """

    def __init__(self, path: Path) -> None:
        self._subject = load_subject(path)
        self.bytes = on_disk(weights_file(path).parent)
        self.formats: Mapping[str, int] = Counter(p.format for p in read(path).parts.values())
        self.engine = str(self._subject.describe()["engine"])

    def read(self, paths: Sequence[Path], *, what: str, length: int, most: int | None) -> Examples:
        """Read texts with the file's own tokenizer."""
        return self._subject.read(paths, what=what, length=length, most=most)

    def logits(self, examples: Examples) -> Iterator[Tensor]:
        """Yield the logits of all outputs, chunk by chunk."""
        with torch.inference_mode():
            yield from outputs(self._subject, examples)

    def speed(self, *, threads: int) -> float | None:
        """Return the tokens per second that torch generates."""
        before = torch.get_num_threads()
        torch.set_num_threads(threads)
        try:
            return teacher_speed(self._subject, examples_of(torch.arange(_PROMPT)[None]))
        finally:
            torch.set_num_threads(before)

    def answer(self, prompt: str, *, tokens: int) -> str | None:
        """Return the likeliest answer in the chat template of the file; None where it has none."""
        tokenizer: Any = self._subject.tokenizer
        if not tokenizer.chat_template:
            return None
        turns = [{"role": "user", "content": prompt}]
        given = tokenizer.apply_chat_template(
            turns, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        model: Any = self._subject.module
        with torch.inference_mode():
            found = model.generate(**given, do_sample=False, max_new_tokens=tokens)
        answer = found[0, given["input_ids"].shape[1] :]
        return str(tokenizer.decode(answer, skip_special_tokens=True))

    def close(self) -> None:
        """Free the memory."""
        del self._subject


def _built(folder: Path) -> tuple[Any, Any]:
    """Return tokenizer and a model without its weights."""
    import transformers

    try:
        with quiet():
            tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
            config = transformers.AutoConfig.from_pretrained(folder, local_files_only=True)
            model = transformers.AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{folder} cannot be loaded: {error}") from error
    straighten(model)
    return tokenizer, model


def _fill(model: Any, contents: Contents, file: Path) -> None:
    """Put every stored tensor in its place; none may be missing."""
    stored: dict[str, Tensor] = dict(contents.others)
    for name, part in contents.parts.items():
        own = name if name.endswith(".weight") else f"{name}.weight"
        stored[own] = part.dense()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name not in stored or stored[name].numel() != parameter.numel():
                raise UsageError(f"{file} does not hold `{name}`", hint="export it again")
            parameter.copy_(stored[name].view_as(parameter))
        for name, buffer in model.named_buffers():
            if name in stored:
                buffer.copy_(stored[name])
