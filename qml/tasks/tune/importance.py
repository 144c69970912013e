"""Which parameters matter: functional analysis of variance over the trials of a search.

Hutter, Hoos and Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter Importance", ICML
2014, as Optuna computes it with a random forest.
"""

from typing import Any

from qml.tasks.tune.search import Search

FEWEST = 8
"""Trials below which shares of variance mean nothing."""
METHOD = "fANOVA"
TREES = 24


def importance_of(search: Search) -> dict[str, Any] | None:
    """Return the share of each parameter, largest first; None for few or equal trials.

    Args:
        search: A search; trials that failed or were given up do not count.
    """
    from optuna.importance import FanovaImportanceEvaluator, get_param_importances
    from optuna.trial import TrialState

    ended = search.study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    if len(ended) < FEWEST or len({trial.value for trial in ended}) == 1:
        return None
    evaluator = FanovaImportanceEvaluator(n_trees=TREES, seed=0)
    shares = get_param_importances(search.study, evaluator=evaluator)
    return {
        "method": METHOD,
        "trials": len(ended),
        "shares": {name: round(float(share), 4) for name, share in shares.items()},
    }
