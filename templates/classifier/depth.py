"""Train at several depths and print a table: does a deeper circuit pay?

    python depth.py

Every training is a run of its own: `qml runs list` shows them, `qml runs diff A B` compares them.
"""

import sys

import qml

DEPTHS = (1, 2, 4, 8)
COLUMNS = "{:>6}  {:>10}  {:>13}  {:>17}  {:>9}"


def main() -> None:
    print(COLUMNS.format("layers", "parameters", "test accuracy", "95 % interval", "seconds"))
    for layers in DEPTHS:
        # Further settings can be added behind the file's name: python depth.py train.epochs=5
        settings = [*sys.argv[1:], f"model.layers={layers}", "baselines.enabled=false"]
        outcome = qml.train(set=settings)
        metrics = outcome.metrics
        low, high = metrics["test_accuracy_ci"]
        print(
            COLUMNS.format(
                layers,
                outcome.model.parameters,
                f"{metrics['test_accuracy']:.1%}",
                f"{low:.1%} to {high:.1%}",
                f"{metrics['train_seconds']:.1f}",
            )
        )


if __name__ == "__main__":
    main()
