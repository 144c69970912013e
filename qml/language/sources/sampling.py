"""Seeded answers of a live Hugging Face model, several at once.

Each row of a batch draws from a stream of its own, and the batch has a fixed size, so that an
answer depends on its seed alone and neither on its neighbours nor on their number.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qml.errors import PlanError
from qml.language.sources.base import Answer, Prompt, messages

BATCH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How tokens are chosen.

    Attributes:
        temperature: 0 for the likeliest token.
        top_p: Probability of the set of tokens drawn from, (0, 1].
        max_tokens: Longest answer (tokens).
    """

    temperature: float
    top_p: float
    max_tokens: int


def encode(tokenizer: Any, prompt: Prompt, system: str | None) -> dict[str, Any]:
    """Return a prompt as tensors of one row, by the tokenizer's chat template where it has one."""
    if getattr(tokenizer, "chat_template", None):
        encoded = _by_template(tokenizer, messages(prompt, system))
    else:
        turns = [turn["content"] for turn in messages(prompt, system)]
        encoded = tokenizer("\n\n".join(turns), return_tensors="pt")
    return {name: encoded[name] for name in ("input_ids", "attention_mask")}


def _by_template(tokenizer: Any, turns: list[dict[str, str]]) -> Any:
    from jinja2 import TemplateError

    try:
        return tokenizer.apply_chat_template(
            turns, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
    except TemplateError as error:
        raise PlanError(
            f"the model's chat template refuses these turns: {error}",
            hint="some models take no system prompt: put it into the prompt",
        ) from error


class Draw:
    """Chooses the next token of each row and leaves it as the only choice.

    A logits processor of transformers: scores (rows, vocabulary) in, the same shape out.

    Args:
        seeds: One for each row.
        how: How tokens are chosen.

    Attributes:
        logprobs: By step, the log-probability of each row's token (rows, 1), unscaled.
    """

    def __init__(self, seeds: Sequence[int], how: Sampling) -> None:
        self._streams = [random.Random(seed) for seed in seeds]  # noqa: S311 - no secret
        self._how = how
        self.logprobs: list[Any] = []

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """Draw one token a row, and return scores that leave no other."""
        import torch

        del input_ids
        chosen = (
            scores.argmax(-1, keepdim=True) if not self._how.temperature else self._draw(scores)
        )
        self.logprobs.append(scores.float().log_softmax(-1).gather(1, chosen).cpu())
        return torch.full_like(scores, -torch.inf).scatter_(1, chosen, 0.0)

    def _draw(self, scores: Any) -> Any:
        """Invert the cumulative distribution of the likeliest tokens, one number a row."""
        import torch

        likely, tokens = (
            (scores.double() / self._how.temperature).softmax(-1).sort(descending=True, stable=True)
        )
        before = likely.cumsum(-1) - likely
        kept = torch.where(before < self._how.top_p, likely, 0.0).cumsum(-1)
        numbers = [[stream.random()] for stream in self._streams]
        points = torch.tensor(numbers, dtype=kept.dtype, device=kept.device) * kept[:, -1:]
        places = torch.searchsorted(kept, points, right=True).clamp(max=kept.shape[1] - 1)
        return tokens.gather(1, places)


def sample(
    model: Any, tokenizer: Any, inputs: dict[str, Any], seeds: Sequence[int], how: Sampling
) -> Iterator[Answer]:
    """Yield one answer for each seed.

    Args:
        model: A model that generates, decoder or encoder-decoder.
        tokenizer: Its tokenizer.
        inputs: What `encode` returned.
        seeds: One for each answer.
        how: How tokens are chosen.
    """
    for first in range(0, len(seeds), BATCH):
        batch = list(seeds[first : first + BATCH])
        filled = batch + [0] * (BATCH - len(batch))
        answers = _batch(model, tokenizer, inputs, filled, how)[: len(batch)]
        for more, answer in zip(reversed(range(len(batch))), answers, strict=True):
            yield replace(answer, more=more)


def _batch(
    model: Any, tokenizer: Any, inputs: dict[str, Any], seeds: list[int], how: Sampling
) -> list[Answer]:
    import torch

    draw = Draw(seeds, how)
    ends = _ends(model, tokenizer)
    rows = {n: t.to(model.device).repeat(len(seeds), 1) for n, t in inputs.items()}
    with torch.inference_mode():
        sequences = model.generate(**rows, **_settings(model, tokenizer, ends, how, draw))
    start = 1 if model.config.is_encoder_decoder else rows["input_ids"].shape[1]
    logprobs = torch.cat(draw.logprobs, dim=1).tolist()
    return [
        _answer(tokenizer, row, values, ends, seed)
        for row, values, seed in zip(sequences[:, start:].tolist(), logprobs, seeds, strict=True)
    ]


def _settings(
    model: Any, tokenizer: Any, ends: list[int], how: Sampling, draw: Draw
) -> dict[str, Any]:
    from transformers import GenerationConfig, LogitsProcessorList

    own = model.generation_config
    padding = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else (ends or [0])[0]
    config = GenerationConfig(
        max_new_tokens=how.max_tokens,
        do_sample=False,  # the processor draws; what it leaves has one choice
        eos_token_id=ends or None,
        pad_token_id=padding,
        bos_token_id=own.bos_token_id,
        decoder_start_token_id=own.decoder_start_token_id,
    )
    return {"generation_config": config, "logits_processor": LogitsProcessorList([draw])}


def _ends(model: Any, tokenizer: Any) -> list[int]:
    found = model.generation_config.eos_token_id
    found = tokenizer.eos_token_id if found is None else found
    if found is None:
        return []
    return list(found) if isinstance(found, list | tuple) else [int(found)]


def _answer(
    tokenizer: Any, row: list[int], logprobs: list[float], ends: list[int], seed: int
) -> Answer:
    end = next((i for i, token in enumerate(row) if token in ends), None)
    length = min(len(row) if end is None else end + 1, len(logprobs))
    return Answer(
        text=tokenizer.decode(row[:length], skip_special_tokens=True).strip(),
        tokens=length,
        logprob=min(0.0, sum(logprobs[:length]) / length) if length else None,
        finish="length" if end is None else "stop",
        seed=seed,
    )
