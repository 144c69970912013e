"""The page of `qml compress`."""

from collections.abc import Iterator, Mapping
from typing import Any

from qml.report.html.parts import number
from qml.report.markup import Markup


def about(outcome: Mapping[str, Any]) -> str:
    """Say what was compressed."""
    return f"{outcome['model']['source']}, {outcome['target']}"


def key_numbers(outcome: Mapping[str, Any]) -> Iterator[Markup]:
    """Yield the divergence of what was chosen."""
    yield number("KL", f"{outcome['metrics']['kl']:.4g}", "nats per token")


SECTIONS = ()
