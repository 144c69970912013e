"""What kind of answer a question asks for."""

import pytest

from qml.language.questions import kind_of


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("Suggest a name for a coffee shop and a one-line slogan.", "text"),
        ("Write the first sentence of a story about a lighthouse.", "text"),
        ("What is the capital of Australia? Answer in one sentence.", "fact"),
        ("What is 17 plus 26? Answer with the number only.", "number"),
        ("Compute 3 \u00d7 4", "number"),
        ("How many legs has a spider?", "number"),
        ("Who wrote Hamlet?", "fact"),
        ("Is Paris in France?", "fact"),
        ("Name the largest planet.", "fact"),
        ("Why is the sky blue?", "text"),
        ("What do you think about love?", "text"),
        ("What would happen without the moon?", "text"),
        ("Give me three ideas for dinner.", "text"),
        ("A haiku, please", "text"),
    ],
)
def test_kinds(prompt: str, kind: str) -> None:
    assert kind_of(prompt) == kind
