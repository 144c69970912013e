"""Entry point of the fake vendor, for tests of plug-ins: `fake.DEVICE` in `[backend] name`.

`[backend.options]` may name `account` (a file; in memory otherwise) and `circuits_per_job`.
"""

from pathlib import Path

from qml.backends.base import Capabilities, Settings
from qml.backends.device import device_of
from qml.backends.plugin import Package, Plugin
from qml.config.sections import BackendSection
from qml.ports import SystemClock
from qml.testing.fake_vendor.account import FakeAccount
from qml.testing.fake_vendor.backend import FakeRemote, capabilities

DEVICE = "one"


def open_fake(plugin: Plugin, settings: Settings) -> FakeRemote:
    """Open a machine of the fake vendor."""
    del plugin
    options = settings.section.options
    path = Path(options["account"]) if "account" in options else None
    account = FakeAccount(path, SystemClock().now)
    most = int(options.get("circuits_per_job", 8))
    return FakeRemote(account, device=settings.device or DEVICE, circuits_per_job=most)


def _capabilities(section: BackendSection) -> Capabilities:
    return capabilities(device_of(section, "fake", DEVICE))


plugin = Plugin(
    name="fake",
    packages=(Package(module="numpy", distribution="numpy"),),
    capabilities=_capabilities,
    home="qml.testing.fake_vendor.plugin:open_fake",
)
