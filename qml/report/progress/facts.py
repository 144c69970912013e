"""Facts beside a bar, in the order in which they first appeared."""

from collections.abc import Mapping


def join(facts: Mapping[str, str]) -> str:
    """Write facts in one line: `loss 0.41, accuracy 93.1 %`."""
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in facts.items())
