import numpy as np
import pytest
from scipy.stats import multivariate_normal
from sklearn.linear_model import BayesianRidge, Ridge

from qml.tuning.surrogates.base import Data
from qml.tuning.surrogates.evidence import MOST, NOISES, fit, thinned
from qml.tuning.surrogates.gaussian import Posterior, Prior, covariance
from qml.tuning.surrogates.linear import fit_linear
from qml.tuning.surrogates.quadratic import fit_quadratic

PRIOR = Prior(reach=0.3, single=0.4, pair=0.2, noise=0.1, mean=0.05)


def trials(encoding, count, seed=0):
    rng = np.random.default_rng(seed)
    levels = np.array([[rng.integers(n) for n in encoding.sizes] for _ in range(count)])
    scores = rng.standard_normal(count)
    return Data(encoding=encoding, levels=levels, scores=(scores - scores.mean()) / scores.std())


def features(data):
    """Bits, and products of bits of two parameters, with the covariance of their weights."""
    x, owner = data.x.astype(float), data.encoding.owner
    pairs = [(i, j) for i in range(len(owner)) for j in range(i) if owner[i] != owner[j]]
    products = np.array([x[:, i] * x[:, j] for i, j in pairs]).T
    like = data.encoding.likeness(PRIOR.reach)
    of_pairs = np.array(
        [[like[i, k] * like[j, m] + like[i, m] * like[j, k] for k, m in pairs] for i, j in pairs]
    )
    whole = np.zeros((x.shape[1] + len(pairs),) * 2)
    whole[: x.shape[1], : x.shape[1]] = PRIOR.single * like
    whole[x.shape[1] :, x.shape[1] :] = PRIOR.pair * of_pairs
    return np.hstack([x, products]), whole


@pytest.mark.parametrize("ordered", [False, True])
def test_the_covariance_is_that_of_explicit_products_of_bits(encoding_of, ordered):
    data = trials(encoding_of([3, 2, 4], ordered=ordered), 12)
    phi, weights = features(data)
    expected = phi @ weights @ phi.T + PRIOR.noise * np.eye(12)
    assert covariance(data, PRIOR) == pytest.approx(expected, abs=1e-7)


def test_draws_have_the_posterior_of_the_weights(encoding_of):
    """Mean and covariance of the regression on explicit features, in closed form."""
    data = trials(encoding_of([3, 2], ordered=True), 8)
    phi, prior = features(data)
    gain = prior @ phi.T @ np.linalg.inv(phi @ prior @ phi.T + PRIOR.noise * np.eye(8))
    mean = gain @ (data.scores - PRIOR.mean)
    spread = phi @ (prior - gain @ phi @ prior) @ phi.T
    posterior, rng = Posterior(data=data, prior=PRIOR, evidence=0.0), np.random.default_rng(1)
    exact = posterior.draw(rng, 0.0)
    assert exact.values(data.x) == pytest.approx(phi @ mean, abs=1e-6)
    drawn = np.array([posterior.draw(rng, 1.0).values(data.x) for _ in range(1000)])
    assert drawn.mean(axis=0) == pytest.approx(phi @ mean, abs=0.08)
    assert np.cov(drawn.T) == pytest.approx(spread, abs=0.06)
    halved = np.array([posterior.draw(rng, 0.5).values(data.x) for _ in range(1000)])
    assert np.cov(halved.T) == pytest.approx(spread / 4, abs=0.015)


def test_the_linear_mean_is_ridge_regression(encoding_of):
    data = trials(encoding_of([4, 3, 5]), 30)
    prior = Prior(reach=0.3, single=0.5, pair=0.0, noise=0.2, mean=0.0)
    draw = Posterior(data=data, prior=prior, evidence=0.0).draw(np.random.default_rng(0), 0.0)
    ridge = Ridge(alpha=0.2 / 0.5, fit_intercept=False).fit(data.x, data.scores)
    assert draw.linear == pytest.approx(ridge.coef_, abs=1e-6)
    assert not draw.couplings.any()


def test_empirical_bayes_finds_what_bayesian_ridge_finds(encoding_of):
    encoding = encoding_of([4, 4, 4, 4])
    data, rng = trials(encoding, 150, seed=2), np.random.default_rng(3)
    truth = data.x @ rng.standard_normal(encoding.bits)
    scores = truth / truth.std() + 0.3 * rng.standard_normal(150)
    scores = (scores - scores.mean()) / scores.std()
    data = Data(encoding=encoding, levels=data.levels, scores=scores)
    ours, theirs = fit_linear(data), BayesianRidge().fit(data.x, scores)
    assert ours.prior.noise == pytest.approx(1 / theirs.alpha_, rel=1.0)
    predicted = ours.draw(rng, 0.0).values(data.x) + ours.prior.mean
    assert predicted == pytest.approx(theirs.predict(data.x), abs=0.08)


def test_evidence_is_the_marginal_likelihood(encoding_of):
    """Differences between two priors agree with the density of the scores (mean known)."""
    data = trials(encoding_of([3, 3, 3]), 20)
    posteriors = [fit(data, shares=(share,)) for share in (0.0, 0.5)]
    logs = []
    for posterior in posteriors:
        total, one = covariance(data, posterior.prior), np.ones(20)
        density = multivariate_normal.logpdf(data.scores, posterior.prior.mean * one, total)
        size = posterior.prior.single * 3 / (1.0 if posterior is posteriors[0] else 0.5)
        precision = one @ np.linalg.solve(total, one) * size
        logs.append(density - np.log(precision) / 2)
    expected = posteriors[1].evidence - posteriors[0].evidence
    assert logs[1] - logs[0] == pytest.approx(expected, abs=1e-4)


def test_held_out_errors_are_those_of_leaving_out(encoding_of):
    data = trials(encoding_of([3, 2, 4]), 15)
    errors = Posterior(data=data, prior=PRIOR, evidence=0.0).held_out()
    for i in range(0, 15, 4):
        kept = np.arange(15) != i
        rest = Data(encoding=data.encoding, levels=data.levels[kept], scores=data.scores[kept])
        draw = Posterior(data=rest, prior=PRIOR, evidence=0.0).draw(np.random.default_rng(0), 0.0)
        predicted = draw.values(data.x[[i]])[0] + PRIOR.mean
        assert data.scores[i] - predicted == pytest.approx(errors[i], abs=1e-6)


def test_products_are_seen_where_there_are_some(encoding_of):
    encoding = encoding_of([2, 2, 2, 2])
    data = trials(encoding, 60)
    scores = np.where(data.levels[:, 0] == data.levels[:, 1], 1.0, -1.0)
    data = Data(encoding=encoding, levels=data.levels, scores=scores / scores.std())
    assert fit_quadratic(data).accuracy > 0.9
    assert fit_linear(data).accuracy < 0.1
    draw = fit_quadratic(data).draw(np.random.default_rng(0), 0.0)
    assert (np.sign(draw.values(data.x)) == np.sign(scores)).all()


def test_couplings_are_symmetric_and_between_parameters(encoding_of):
    encoding = encoding_of([3, 4, 2], [False, True, False], ordered=True)
    draw = fit_quadratic(trials(encoding, 20)).draw(np.random.default_rng(0), 1.0)
    assert (draw.couplings == draw.couplings.T).all()
    assert not draw.couplings[~encoding.between()].any()


def test_many_trials_are_thinned_and_the_best_stay(encoding_of):
    data = trials(encoding_of([3, 4]), 3 * MOST)
    kept = thinned(data)
    assert len(kept.scores) == MOST
    assert (np.sort(kept.scores)[: MOST // 2] == np.sort(data.scores)[: MOST // 2]).all()
    assert kept.scores.max() == data.scores.max()
    assert thinned(kept) is kept
    assert fit_linear(data).prior.noise > 0
    assert tuple(sorted(NOISES)) == NOISES
