"""The cheapest way to the same: other gradients, free shots, tasks, mitigation."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from qml.algorithms.gradients import GradientFamily
from qml.algorithms.models import VariationalModel
from qml.circuits import Circuit
from qml.config import Config
from qml.errors import PlanError
from qml.planning.batches import step_batches
from qml.planning.price import price_purchase
from qml.planning.purchase import Batch, Purchase
from qml.planning.sample import bases_of
from qml.planning.site import Site
from qml.plugins import load

METHODS = ("spsa", "guided_spsa", "parameter_shift")
MOST_SHOTS = 1_000_000
ONE = (Batch(1, 1, ""),)
"""A submission of one circuit."""


def advice(
    config: Config,
    model: VariationalModel,
    site: Site,
    purchase: Purchase,
    sample: Sequence[Circuit],
    batches: Sequence[Batch],
    gradient: str,
    *,
    rows: int,
) -> tuple[str, ...]:
    """Return what would make a training cheaper, or better at the same price.

    Args:
        config: Configuration.
        model: The model.
        site: A place that bills.
        purchase: The training as it is planned.
        sample: A few of its circuits.
        batches: What it submits.
        gradient: Its gradient method.
        rows: Rows of one step.
    """
    found = [_gradients(config, model, site, sample, gradient, rows)]
    found += _shots(config, site, purchase, sample, batches)
    found += _evaluation(batches)
    found += packing(config, site, purchase, sample, batches)
    found += _mitigation(config, site, sample)
    return tuple(sentence for sentence in found if sentence)


def _gradients(
    config: Config,
    model: VariationalModel,
    site: Site,
    sample: Sequence[Circuit],
    gradient: str,
    rows: int,
) -> str | None:
    """Compare the price of one step by every method that needs only samples."""
    prices: dict[str, tuple[int, Decimal]] = {}
    bases = bases_of(model, shots=config.backend.shots)
    for name in METHODS:
        family: GradientFamily = load("gradients", name)
        try:
            batches = step_batches(
                family, model, config.train, rows=rows, bases=bases, times=1, what=""
            )
        except PlanError:  # a gate without a shift rule: this method is no choice here
            continue
        prices[name] = (sum(b.circuits for b in batches), _price(config, site, sample, batches))
    mine = prices.get(gradient)
    cheapest = min(prices, key=lambda name: prices[name][1])
    if mine is None or prices[cheapest][1] >= mine[1]:
        return None
    rivals = "; ".join(
        f"{name}: {circuits:,} circuits, {price:,.2f}"
        for name, (circuits, price) in sorted(prices.items(), key=lambda kv: kv[1][1])
    )
    assert site.tariff is not None
    return (
        f"a step by gradient method ({site.tariff.currency}): {rivals}."
        f" `{cheapest}` is the cheapest a step; its estimate is noisier, so it takes more steps"
    )


def _shots(
    config: Config,
    site: Site,
    purchase: Purchase,
    sample: Sequence[Circuit],
    batches: Sequence[Batch],
) -> Iterator[str]:
    """Tell how many shots the minimum pays for anyway, and under which reading of it."""
    if not purchase.minimum_applies:
        return

    def prices(shots: int) -> tuple[Decimal, Decimal, Decimal]:
        assert site.remote is not None
        assert site.tariff is not None
        found = price_purchase(
            site.remote, site.tariff, sample, batches, shots, side_by_side=config.backend.pack
        )
        return found.low, found.expected, found.high

    shots, now = config.backend.shots, prices(config.backend.shots)
    surely = _most_shots(shots, lambda n: prices(n) == now)
    perhaps = _most_shots(shots, lambda n: prices(n)[1:] == now[1:])
    if surely > shots:
        yield (
            f"the minimum is paid anyway: up to {surely:,} shots a circuit cost the same as"
            f" {shots:,} (backend.shots = {surely})"
        )
    elif perhaps > shots:
        yield (
            f"if the minimum holds for each circuit, up to {perhaps:,} shots a circuit cost the"
            f" same as {shots:,} (backend.shots = {perhaps});"
            " if it holds once a job, they cost more"
        )


def _most_shots(shots: int, same: Callable[[int], bool]) -> int:
    """Return the most shots that cost the same; the price grows with the shots."""
    low, high = shots, MOST_SHOTS
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if same(middle) else (low, middle - 1)
    return low


def _evaluation(batches: Sequence[Batch]) -> Iterator[str]:
    """Tell where looking at the model takes more circuits than training it."""
    steps = sum(b.times * b.circuits for b in batches if "step" in b.what)
    looks = sum(b.times * b.circuits for b in batches) - steps
    if looks > steps:
        yield (
            f"{looks:,} of {looks + steps:,} circuits only evaluate the model: a smaller"
            " data.test_fraction saves most of them, and widens the interval of the accuracy"
        )


def packing(
    config: Config,
    site: Site,
    purchase: Purchase,
    sample: Sequence[Circuit],
    batches: Sequence[Batch],
) -> Iterator[str]:
    """Tell what small circuits side by side on one register would cost."""
    assert site.remote is not None
    assert site.tariff is not None
    each = site.remote.capabilities.qubits // max(c.wires for c in sample)
    if config.backend.pack or not purchase.minimum_applies or each < 2:  # noqa: PLR2004 - a pair
        return
    packed = price_purchase(
        site.remote, site.tariff, sample, batches, config.backend.shots, side_by_side=True
    ).expected
    if packed < purchase.expected:
        yield (
            f"{each} circuits fit side by side on one register and share its minimum: about"
            f" {packed:,.2f} instead of {purchase.expected:,.2f} (backend.pack = true);"
            " neighbours may disturb each other a little"
        )


def _mitigation(config: Config, site: Site, sample: Sequence[Circuit]) -> Iterator[str]:
    if site.remote is None or not site.remote.mitigated:
        return
    yield (
        f"error mitigation is on: a circuit costs {_price(config, site, sample, ONE):,.2f};"
        f" `backend.{site.remote.provider}.debiasing = false` lowers the minimum"
    )


def _price(
    config: Config,
    site: Site,
    sample: Sequence[Circuit],
    batches: Sequence[Batch],
    shots: int | None = None,
) -> Decimal:
    """Price a few submissions."""
    assert site.remote is not None
    assert site.tariff is not None
    wanted = config.backend.shots if shots is None else shots
    return price_purchase(
        site.remote, site.tariff, sample, batches, wanted, side_by_side=config.backend.pack
    ).expected
