"""P(true): the model is asked whether its own answer is right.

Kadavath et al., "Language models (mostly) know what they know", arXiv:2207.05221.
"""

import math

from qml.language.sources.base import Source

QUESTION = """\
Question: {prompt}
Proposed answer: {answer}
Is the proposed answer correct? Reply with one word, True or False."""


def p_true(source: Source, prompt: str, answer: str) -> float | None:
    """Return the probability of True beside False as the first word of the reply, 0 to 1.

    None where the source reports no probabilities, or neither word is among the likeliest.
    """
    tokens = source.first_token(QUESTION.format(prompt=prompt, answer=answer))
    if tokens is None:
        return None
    mass = {"true": 0.0, "false": 0.0}
    for token, logprob in tokens.items():
        word = token.strip().casefold()
        if word in mass:
            mass[word] += math.exp(logprob)
    total = sum(mass.values())
    return mass["true"] / total if total else None
