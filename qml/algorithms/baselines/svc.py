"""Support vector machine with a Gaussian kernel on features as they are, with given settings.

It is what published comparisons call SVC: scikit-learn's, not standardised. `rbf_svc` is the tuned
one.
"""

from time import perf_counter

from sklearn.svm import SVC

from qml.algorithms.baselines.base import Fitted, Problem, Skipped
from qml.algorithms.baselines.settings import given

KNOWN = {"C": "C", "gamma": "gamma"}


def train(problem: Problem) -> Fitted | Skipped:
    """Fit exp(-gamma |x - x'|^2); settings `C` (1) and `gamma` (scikit-learn's `scale`).

    Args:
        problem: Rows; nothing is searched for.

    Returns:
        Its answers, or why it was not trained: its cost grows with the square of the rows.

    Raises:
        ConfigError: A setting is unknown, or no positive number.
    """
    settings = given(problem.settings, KNOWN, "svc")
    if len(problem.labels) > problem.max_rows:
        return Skipped(
            f"{len(problem.labels):,} training rows; it takes up to {problem.max_rows:,} rows"
        )
    started = perf_counter()
    machine = SVC(**settings).fit(problem.features, problem.labels)
    seconds = perf_counter() - started
    return Fitted(
        train_predictions=machine.predict(problem.train_features),
        test_predictions=machine.predict(problem.test_features),
        parameters=machine.dual_coef_.size + machine.intercept_.size,
        seconds=seconds,
        settings={
            "C": machine.C,
            "gamma": machine.gamma,
            "tuned": False,
            "support_vectors": int(machine.n_support_.sum()),
        },
    )
