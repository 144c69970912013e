"""Opens the place that a plan is made for: the backend, where it must compile, and its tariff."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from qml.backends.registry import capabilities_of, open_backend
from qml.backends.remote import is_remote
from qml.config import Config
from qml.planning.site import Site
from qml.pricing import Tariffs
from qml.session import World


@contextmanager
def open_site(config: Config, world: World) -> Iterator[Site]:
    """Open the site that `[backend] name` means; nobody is asked anything over a network.

    Raises:
        PlanError: No tariff is known for it.
        PluginError: No backend has that name.
    """
    section = config.backend
    capabilities = capabilities_of(section)
    if not capabilities.remote:
        yield Site(name=section.name, capabilities=capabilities)
        return
    backend = open_backend(section, environ=world.environ)
    assert is_remote(backend)
    try:
        tariffs = Tariffs.load(config.pricing)
        provider, device, *plan = capabilities.billing or (backend.provider, backend.device)
        tariff = tariffs.find(provider, device, plan=plan[0] if plan else None)
        yield Site(
            name=section.name,
            capabilities=capabilities,
            remote=backend,
            tariff=tariff,
            stale=tariffs.stale(tariff, datetime.fromtimestamp(world.clock.now(), UTC).date()),
        )
    finally:
        backend.close()
