r"""Bayesian linear regression on one-hot bits and on products of them, with Gaussian weights.

score = m + sum_i w_i x_i + sum_{i<j} W_ij x_i x_j + noise, products of bits of two parameters only;
w ~ N(0, a^2 K) and W ~ N(0, b^2 K (x) K), where K says how alike two levels are: weights of
neighbouring numbers go together, those of categories do not. Then the covariance of two settings is
a^2 s_1 + b^2 s_2, the elementary symmetric polynomials of the likenesses of their parameters, and
all that needs n x n matrices only. Without a likeness and with a given noise this is the regression
of BOCS (Baptista and Poloczek, arXiv:1806.08838) with a Gaussian in place of the horseshoe prior.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from qml.tuning.surrogates.base import Data, Draw

_JITTER = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """Beliefs before any trial.

    Attributes:
        reach: Distance over which levels of a number are alike, in units of its range.
        single: Variance of the weights of bits, a^2.
        pair: Variance of the weights of products, b^2.
        noise: Variance of what the model cannot say.
        mean: m.
    """

    reach: float
    single: float
    pair: float
    noise: float
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """Beliefs after some trials.

    Attributes:
        data: The trials.
        prior: The beliefs before them.
        evidence: Logarithm of the marginal likelihood, up to a constant.
    """

    data: Data
    prior: Prior
    evidence: float

    @property
    def accuracy(self) -> float:
        """Share of the variance that is predicted when a trial is left out; can be negative."""
        return 1 - float(np.sum(self.held_out() ** 2) / np.sum(self.data.scores**2))

    def draw(self, rng: np.random.Generator, heat: float) -> Draw:
        """Draw weights (Thompson sampling), by Matheron's rule.

        A draw of the prior is moved by what the trials say about its errors. `heat` scales the
        prior's draw, and with it the distance from the posterior mean.
        """
        data, prior = self.data, self.prior
        x, likeness = data.x.astype(np.float64), data.encoding.likeness(prior.reach)
        between = data.encoding.between()
        linear, couplings = self._prior_draw(rng, likeness, between)
        linear, couplings = heat * linear, heat * couplings
        noise = heat * np.sqrt(prior.noise) * rng.standard_normal(len(x))
        errors = data.scores - prior.mean - noise - x @ linear
        errors -= np.sum((x @ couplings) * x, axis=1) / 2
        weights = cho_solve(cho_factor(covariance(data, prior), lower=True), errors)
        near = x @ likeness
        linear = linear + prior.single * (weights @ near)
        step = (near * weights[:, None]).T @ near
        step = (step + step.T) / 2
        return Draw(linear, couplings + prior.pair * np.where(between, step, 0.0))

    def _prior_draw(
        self, rng: np.random.Generator, likeness: NDArray[np.float64], between: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        bits = len(likeness)
        root = np.linalg.cholesky(likeness + _JITTER * np.eye(bits))
        linear = np.sqrt(self.prior.single) * root @ rng.standard_normal(bits)
        half = np.triu(root @ rng.standard_normal((bits, bits)) @ root.T)
        half = np.sqrt(self.prior.pair) * np.where(between, half, 0.0)
        return linear, half + half.T

    def held_out(self) -> NDArray[np.float64]:
        """Return the error of each score as the other trials predict it, shape (n,).

        Closed form: K^-1 (y - m) over the diagonal of K^-1 (Rasmussen and Williams, eq. 5.12).
        """
        total = covariance(self.data, self.prior)
        inverse = cho_solve(cho_factor(total, lower=True), np.eye(len(total)))
        return np.asarray(inverse @ (self.data.scores - self.prior.mean) / np.diag(inverse))


def symmetric(data: Data, reach: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return s_1 and s_2 of the likenesses of each two trials' parameters, shapes (n, n)."""
    x, likeness = data.x.astype(np.float64), data.encoding.likeness(reach)
    first = x @ likeness @ x.T
    return first, (first**2 - x @ likeness**2 @ x.T) / 2


def covariance(data: Data, prior: Prior) -> NDArray[np.float64]:
    """Return the covariance of the trials' scores under the prior, shape (n, n)."""
    first, second = symmetric(data, prior.reach)
    noise = (prior.noise + _JITTER) * np.eye(len(first))
    return np.asarray(prior.single * first + prior.pair * second + noise)
