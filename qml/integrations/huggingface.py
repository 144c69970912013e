"""Diverse answers of a Hugging Face model that is loaded already (extra `llm`).

from qml.integrations.huggingface import diverse_generate
answers = diverse_generate(model, tokenizer, "Suggest a name for a coffee shop.", n=24, k=6)
"""

from typing import Any

from qml.integrations.diverse import Diverse, Select, pick
from qml.language.embeddings import Embedder
from qml.language.sources.base import Prompt, answer_seed, asked, check_request
from qml.language.sources.sampling import Sampling, encode, sample


def diverse_generate(
    model: Any,
    tokenizer: Any,
    prompt: Prompt,
    n: int = 24,
    k: int = 6,
    *,
    system: str | None = None,
    temperature: float = 1.0,
    top_p: float = 0.95,
    max_new_tokens: int = 64,
    seed: int = 0,
    select: Select = "diverse",
    embedding: str | Embedder = "minilm",
    weight: float = 0.3,
    solver: str = "auto",
) -> Diverse:
    """Generate n answers and choose k of them that are good and unlike one another.

    Args:
        model: A model of transformers that generates, on any device; its state is not changed.
        tokenizer: Its tokenizer; its chat template is used where it has one.
        prompt: A question, or the turns of a chat.
        n: Answers to generate.
        k: Answers to choose.
        system: Instruction that precedes the prompt.
        temperature: 0 for the likeliest token, above it for sampling.
        top_p: Sampled from the smallest set of tokens with this probability, (0, 1].
        max_new_tokens: Longest answer (tokens).
        seed: Root seed; the same seed gives the same answers, whatever n.
        select: `diverse`, `best` or `majority`.
        embedding: `minilm`, `hf:FOLDER`, `hashing`, or an embedder.
        weight: Of the mean log-probability beside the mean distance.
        solver: Of the quadratic problem: `auto`, `exact`, `annealing`, `qaoa` and others.

    Returns:
        A sequence of k texts with all answers, scores and a verdict.

    Raises:
        UsageError: An empty prompt, or a number out of its range.
    """
    check_request(prompt, count=n, temperature=temperature, top_p=top_p, max_tokens=max_new_tokens)
    how = Sampling(temperature=temperature, top_p=top_p, max_tokens=max_new_tokens)
    inputs = encode(tokenizer, prompt, system)
    seeds = [answer_seed(seed, place) for place in range(n)]
    answers = list(sample(model, tokenizer, inputs, seeds, how))
    return pick(
        asked(prompt),
        answers,
        k,
        select=select,
        embedding=embedding,
        weight=weight,
        solver=solver,
        seed=seed,
    )
