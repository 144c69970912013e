"""How sure a model seems of its answers, and how much they differ."""

from qml.language.scores.agreement import self_consistency, semantic_entropy
from qml.language.scores.diversity import distinct, vendi
from qml.language.scores.judge import judge
from qml.language.scores.likelihood import mean_logprob, perplexity
from qml.language.scores.overlap import self_bleu
from qml.language.scores.truth import p_true

__all__ = [
    "distinct",
    "judge",
    "mean_logprob",
    "p_true",
    "perplexity",
    "self_bleu",
    "self_consistency",
    "semantic_entropy",
    "vendi",
]
