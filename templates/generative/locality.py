"""Train with gates on more and more qubits and print a table: what do they buy?

    python locality.py

Every training is a run of its own: `qml runs list` shows them, `qml runs diff A B` compares them.
"""

import sys

import qml

LOCALITIES = (1, 2, 4, 6)
COLUMNS = "{:>8}  {:>10}  {:>9}  {:>9}  {:>5}  {:>5}"


def main() -> None:
    print(COLUMNS.format("locality", "parameters", "MMD^2", "bit flips", "ratio", "TVD"))
    for locality in LOCALITIES:
        # Further settings can be added behind the file's name: python locality.py train.epochs=50
        settings = [f"model.generator.locality={locality}", "baselines.names=['bitflip']"]
        outcome = qml.train(set=[*settings, *sys.argv[1:]])
        ours, theirs = outcome.metrics, outcome.baselines[0].metrics
        print(
            COLUMNS.format(
                locality,
                outcome.model.parameters,
                f"{ours['mmd2']:.1e}",
                f"{theirs['mmd2']:.1e}",
                f"{theirs['mmd2'] / ours['mmd2']:.1f}",
                f"{ours['tvd']:.2f}",
            )
        )


if __name__ == "__main__":
    main()
