"""Print which clothes the newest run takes for which others.

    python confusions.py [RUN]

RUN is an id, a unique prefix of one, or a name; the newest finished run by default.
"""

import csv
import sys
from collections import Counter

import qml

NAMES = (
    "T-shirt",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)
SHOWN = 10


def newest() -> str:
    finished = [run for run in qml.list_runs() if run["status"] == "finished"]
    if not finished:
        sys.exit("there is no finished run yet: qml train")
    return finished[0]["run_id"]


def main() -> None:
    run = qml.Run.open(sys.argv[1] if len(sys.argv) > 1 else newest())
    with (run.path / "artifacts" / "test_predictions.csv").open(encoding="utf-8") as file:
        answers = [(int(row["label"]), int(row["predicted"])) for row in csv.DictReader(file)]
    wrong = Counter(pair for pair in answers if pair[0] != pair[1])
    print(f"{run.id}: {sum(wrong.values())} of {len(answers)} test images are taken for another")
    for (label, predicted), count in wrong.most_common(SHOWN):
        print(f"{count:6}  {NAMES[label]} taken for {NAMES[predicted]}")


if __name__ == "__main__":
    main()
