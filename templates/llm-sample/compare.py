"""What diversity gains and costs: the chosen answers beside random and beside the likeliest ones.

python compare.py RUN
"""

import json
import sys

import qml


def main() -> None:
    """Print one line for each prompt of a run."""
    file = qml.Run.open(sys.argv[1]).path / "outcome.json"
    document = json.loads(file.read_text("utf-8"))
    print(f"{'prompt':<32} {'Vendi':>7} {'random':>7} {'quality':>8} {'top-k':>8}")
    for prompt in document["prompts"]:
        best = next(rival for rival in prompt["rivals"] if rival["name"] == "top_k")
        row = (
            f"{prompt['prompt'][:32]:<32}",
            f"{prompt['chosen_scores']['vendi']:7.2f}",
            f"{prompt['random_vendi']:7.2f}",
            mean(prompt, prompt["chosen"]),
            mean(prompt, best["chosen"]),
        )
        print(*row)


def mean(prompt: dict, places: list[int]) -> str:
    """Mean log-probability of some answers, as text."""
    found = [prompt["answers"][place]["logprob"] for place in places]
    return f"{sum(found) / len(found):8.2f}" if None not in found else "unavail."


if __name__ == "__main__":
    main()
