"""Which exact test of counts has most power? Three that `assert_distribution` joins, and a rival.

    python bench/power.py [--trials 300]

Share of wrong programs that each test finds at an error rate of 1e-6, at one look of 4,982 shots
over 16 outcomes (Weissman's number for an L1 error of .1). A Monte Carlo p-value is no rival: 1e-6
would take more than a million simulated experiments for each assertion.
"""

import argparse
from math import exp, log

import numpy as np

from qml.testing.sequential.binomials import rarest
from qml.testing.sequential.concentration import spread, tail
from qml.testing.sequential.identity import Identity
from qml.testing.sequential.mixture import log_fitted, log_mixture, priors
from qml.testing.sequential.projection import nearest_divergence

SHOTS, DELTA, K = 4982, 1e-6, 16
FLAT = np.full(K, 1 / K)
STEEP = 0.5 ** np.arange(1, K + 1) / (1 - 0.5**K)
PAIR = np.eye(K)[0] / 2 + np.eye(K)[-1] / 2


def moved(base: np.ndarray, frm: int, to: int, share: float) -> np.ndarray:
    """Move probability from one outcome to another."""
    changed = base.copy()
    changed[frm] -= share
    changed[to] += share
    return changed


def waved(base: np.ndarray, distance: float) -> np.ndarray:
    """Raise every other outcome and lower the rest, by the distance in all."""
    return base + np.where(np.arange(K) % 2, 1, -1) * 2 * distance / K


CASES = {
    "flat, all outcomes by .055": (FLAT, waved(FLAT, 0.055)),
    "flat, one outcome by .03": (FLAT, moved(FLAT, 3, 5, 0.03)),
    "steep, two large ones by .05": (STEEP, moved(STEEP, 0, 1, 0.05)),
    "steep, a rare one by .005": (STEEP, moved(STEEP, 0, 15, 0.005)),
    "pair, leak of .001": (PAIR, moved(PAIR, 0, 7, 0.001)),
    "pair, one to the other .045": (PAIR, moved(PAIR, 0, 15, 0.045)),
}


def weissman(q: np.ndarray, tally: np.ndarray) -> float:
    """L1 bound by Weissman or McDiarmid, whichever is smaller before the shots."""
    return tail(K, spread(q), SHOTS, float(np.abs(tally / SHOTS - q).sum()), DELTA)


def e_value(q: np.ndarray, tally: np.ndarray) -> float:
    """Mixture of Dirichlet priors against q."""
    away = SHOTS * nearest_divergence(tally / SHOTS, q, 0.0)
    return exp(-max(0.0, log_mixture(tally, priors(K, q)) - log_fitted(tally) + away))


def joined(q: np.ndarray, tally: np.ndarray) -> float:
    """What `assert_distribution` does: L1 at half the rate, the others at a quarter each."""
    test = Identity(q, tolerance=0, epsilon=0.1, delta=DELTA, shots=SHOTS)
    test.see(tally)
    return test.look(last=True).p_value


def binomials(q: np.ndarray, tally: np.ndarray) -> float:
    """Exact binomials of the single outcomes."""
    return rarest(tally, q, 0.0)


def divergence(q: np.ndarray, tally: np.ndarray) -> float:
    """Agrawal's bound of the divergence (IEEE Trans. Inf. Theory 66 (2020) 2828)."""
    nats = SHOTS * nearest_divergence(tally / SHOTS, q, 0.0)
    if nats <= K - 1:
        return 1.0
    return exp((K - 1) * (1 + log(nats / (K - 1))) - nats)


TESTS = {
    "L1": weissman,
    "e-value": e_value,
    "binomials": binomials,
    "**all three**": joined,
    "divergence": divergence,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=300)
    trials = parser.parse_args().trials
    print(f"| wrong by | {' | '.join(TESTS)} |\n|---{'|---' * len(TESTS)}|")
    for name, (right, wrong) in CASES.items():
        tallies = np.random.default_rng(0).multinomial(SHOTS, wrong, trials)
        shares = [np.mean([t(right, tally) <= DELTA for tally in tallies]) for t in TESTS.values()]
        print(f"| {name} | {' | '.join(f'{s:.2f}' for s in shares)} |", flush=True)


if __name__ == "__main__":
    main()
