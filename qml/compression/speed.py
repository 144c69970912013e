"""How fast the uncompressed model runs here, in torch, beside which exports are held."""

import time

import torch

from qml.compression.judging import outputs
from qml.compression.subjects.base import Examples, Subject

PROMPT, ANSWER = 16, 24
_ROWS = 64


def teacher_speed(subject: Subject, examples: Examples) -> float:
    """Return outputs per second in torch with the threads that are set.

    Language models generate greedily, one sequence with its cache: tokens per second of the median
    step, the first ones left out. Other models answer rows in batches: rows per second.

    Args:
        subject: The model, no candidate applied.
        examples: Held out; a prompt or rows are taken of them.
    """
    with torch.inference_mode():
        if hasattr(subject, "tokenizer"):
            return 1 / _step(subject, examples.inputs[:1, :PROMPT])
        rows = Examples(
            examples.inputs[:_ROWS], examples.targets[:_ROWS], examples.clusters[:_ROWS]
        )
        return len(rows.inputs) / min(_pass(subject, rows) for _ in range(3))


def _step(subject: Subject, prompt: torch.Tensor) -> float:
    """Return the median time of a generated token (s)."""
    times, cache, tokens = [], None, prompt
    for _ in range(ANSWER):
        begun = time.perf_counter()
        found = subject.module(input_ids=tokens, past_key_values=cache, use_cache=True)
        cache, tokens = found.past_key_values, found.logits[:, -1:].argmax(-1)
        times.append(time.perf_counter() - begun)
    kept = sorted(times[2:])
    return kept[len(kept) // 2]


def _pass(subject: Subject, rows: Examples) -> float:
    begun = time.perf_counter()
    for _ in outputs(subject, rows):
        pass
    return time.perf_counter() - begun
