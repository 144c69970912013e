"""`hf:ID_OR_FOLDER`: a model of Hugging Face in this process, by transformers; always offline."""

from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from qml.errors import PlanError
from qml.files import digest_file, digest_json
from qml.language.converting import check_gguf, converted
from qml.language.folders import find_folder, gguf_of, weights_of
from qml.language.loading import check_torch, load
from qml.language.sources.base import Answer, Prompt, Settings, answer_seed, check_request
from qml.language.sources.sampling import Sampling, encode, sample

LIKELIEST = 20


def open_source(target: str, settings: Settings) -> "HfSource":
    """Find the folder and check that it can be loaded safely.

    Args:
        target: A folder, `smollm2`, or an id that is in the local cache.
        settings: Context, threads and the folder for converted models.

    Raises:
        UsageError: No such model, or only weights that can run code.
        MissingExtraError: torch or transformers is not installed, or what reads GGUF.
    """
    check_torch()
    folder = find_folder(target, settings.root)
    if gguf_of(folder):
        check_gguf()
    return HfSource(target, folder, settings)


class HfSource:
    """A folder with a causal language model; see `qml.language.sources.base.Source`."""

    def __init__(self, target: str, folder: Path, settings: Settings) -> None:
        self.name = f"hf:{target}"
        self.folder = folder
        self._settings = settings

    def load(self) -> None:
        """Load tokenizer and model; a GGUF file is converted once."""
        _ = self.model

    def describe(self) -> dict[str, Any]:
        """Return source, folder, digest and engine."""
        return {
            "source": self.name,
            "file": self.folder.name,
            "sha256": self._digest,
            "engine": f"transformers {version('transformers')}, torch {version('torch')}",
            "context": self._settings.context,
        }

    def generate(
        self,
        prompt: Prompt,
        *,
        system: str | None = None,
        count: int = 1,
        temperature: float = 1.0,
        top_p: float = 0.95,
        max_tokens: int = 64,
        seed: int = 0,
        first: int = 0,
    ) -> Iterator[Answer]:
        """Check the request, then yield answers as their batches end."""
        check_request(
            prompt, count=count, temperature=temperature, top_p=top_p, max_tokens=max_tokens
        )
        tokenizer, model = self.model
        inputs = encode(tokenizer, prompt, system)
        used = inputs["input_ids"].shape[1]
        if used + max_tokens > self._settings.context:
            raise PlanError(
                f"the prompt has {used} tokens and the answer may have {max_tokens}: more than the"
                f" context of {self._settings.context}",
                hint=f"shorten it, or use a context of {used + max_tokens} tokens",
            )
        seeds = [answer_seed(seed, first + i) for i in range(count)]
        how = Sampling(temperature=temperature, top_p=top_p, max_tokens=max_tokens)
        return sample(model, tokenizer, inputs, seeds, how)

    def first_token(self, prompt: Prompt, *, system: str | None = None) -> dict[str, float] | None:
        """Return the likeliest first tokens with their log-probabilities."""
        import torch

        check_request(prompt, count=1, temperature=0, top_p=1, max_tokens=1)
        tokenizer, model = self.model
        inputs = encode(tokenizer, prompt, system)
        with torch.inference_mode():
            logits = model(**inputs).logits[0, -1]
        likely = logits.float().log_softmax(-1).topk(min(LIKELIEST, len(logits)))
        pairs = zip(likely.indices.tolist(), likely.values.tolist(), strict=True)
        return {tokenizer.decode([token]): value for token, value in pairs}

    def close(self) -> None:
        """Free the model."""
        self.__dict__.pop("model", None)

    @cached_property
    def model(self) -> tuple[Any, Any]:
        """Tokenizer and model, loaded on first use."""
        import torch

        if self._settings.threads:
            torch.set_num_threads(self._settings.threads)
        path = gguf_of(self.folder)
        folder = converted(path, self._settings) if path else self.folder
        return load(folder, "AutoModelForCausalLM")

    @cached_property
    def _digest(self) -> str:
        return digest_json({path.name: digest_file(path) for path in weights_of(self.folder)})
