"""A written GGUF file with the engine that runs it: llama.cpp, in this process."""

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from qml.compression.llama import library
from qml.compression.llama.model import LlamaModel
from qml.compression.llama.words import tokens_of
from qml.compression.subjects.base import Examples
from qml.compression.subjects.corpora import chunks, examples_of, read_text
from qml.errors import PlanError
from qml.language.sources.base import Settings

_PROMPT = range(2, 18)
"""Ids; what they mean does not matter for speed."""
_STEPS, _DROPPED = 48, 2
_CONTEXT = 512


class _Ids(NamedTuple):
    input_ids: list[int]


class OpenedGguf:
    """See `qml.compression.export.base.Exported`.

    Args:
        path: The file.

    Raises:
        UsageError: The file is damaged.
    """

    def __init__(self, path: Path) -> None:
        from gguf import GGUFReader

        self.path = path
        self.engine = library.engine()
        self.bytes = path.stat().st_size
        self._models: dict[tuple[int, int], LlamaModel] = {}
        self._model(_CONTEXT, 1)  # says what is wrong with the file, better than the reader
        found: dict[str, int] = {}
        for tensor in GGUFReader(path).tensors:
            found[tensor.tensor_type.name] = found.get(tensor.tensor_type.name, 0) + 1
        self.formats: Mapping[str, int] = found

    def read(self, paths: Sequence[Path], *, what: str, length: int, most: int | None) -> Examples:
        """Cut texts into chunks of tokens, as many of each where there is a limit."""
        found = [chunks(read_text(p, what), self._tokens, length, what) for p in paths]
        each = None if most is None else max(1, most // length // len(paths))
        return examples_of(torch.cat([inputs[:each] for inputs in found]))

    def logits(self, examples: Examples) -> Iterator[Tensor]:
        """Yield the logits of all outputs, chunk by chunk."""
        length = examples.inputs.shape[1]
        model = self._model(max(length, _CONTEXT), self.threads)
        for chunk in examples.inputs:
            yield torch.from_numpy(model.logits(chunk.tolist())[: length - 1])

    def speed(self, *, threads: int) -> float:
        """Return the tokens per second of the median step of a greedy generation."""
        model = self._model(_CONTEXT, threads)
        times, begun = [], time.perf_counter()
        prompt = [place % model.classes for place in _PROMPT]
        for _ in islice(model.follow(prompt), _STEPS):
            times.append(time.perf_counter() - begun)
            begun = time.perf_counter()
        return 1 / statistics.median(times[_DROPPED:])

    def answer(self, prompt: str, *, tokens: int) -> str | None:
        """Return the likeliest answer, in the chat template of the file; None where it has none."""
        from qml.language.sources.gguf import open_source

        if self._model(_CONTEXT, 1).template() is None:
            return None
        source = open_source(str(self.path.resolve()), Settings(root=Path(), environ={}))
        try:
            return next(source.generate(prompt, temperature=0, max_tokens=tokens)).text
        finally:
            source.close()

    def close(self) -> None:
        """Free the memory."""
        for model in self._models.values():
            model.close()
        self._models.clear()

    @cached_property
    def threads(self) -> int:
        """One core stays free: the engine's threads spin, so one too many costs much."""
        return max(1, int(torch.get_num_threads()) - 1)

    def _model(self, context: int, threads: int) -> LlamaModel:
        if (context, threads) not in self._models:
            self.close()  # one at a time: each holds the weights
            self._models[context, threads] = LlamaModel(self.path, context=context, threads=threads)
        return self._models[context, threads]

    def _tokens(self, text: str, **options: object) -> _Ids:
        """Stand in for a tokenizer of transformers."""
        if options.get("add_special_tokens"):
            raise PlanError("texts are judged without special tokens")
        return _Ids(tokens_of(self._model(_CONTEXT, 1), text))
