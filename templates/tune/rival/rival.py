"""A classical rival that `qml tune --command` tunes with the same sampler: an RBF-SVC.

    python rival.py --C 1.0 --gamma 0.1

The last line that it prints is what the search looks at: the accuracy on validation rows.
"""

import argparse

from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler
from sklearn.svm import SVC

DIGITS = (3, 8)
FEATURES = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--C", type=float, required=True)
    parser.add_argument("--gamma", type=float, required=True)
    settings = parser.parse_args()
    rows, labels = load_digits(return_X_y=True)
    chosen = [label in DIGITS for label in labels]
    rest, _, rest_labels, _ = split(rows[chosen], labels[chosen], 0.2)  # the test rows stay unseen
    train, validation, train_labels, validation_labels = split(rest, rest_labels, 0.3)
    model = make_pipeline(
        PCA(FEATURES, random_state=0), MinMaxScaler(), SVC(C=settings.C, gamma=settings.gamma)
    )
    model.fit(train, train_labels)
    print(model.score(validation, validation_labels))


def split(rows, labels, share):
    return train_test_split(rows, labels, test_size=share, stratify=labels, random_state=0)


if __name__ == "__main__":
    main()
