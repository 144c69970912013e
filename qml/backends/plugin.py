"""What a backend says of itself before its SDK is imported, and how it is opened."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from qml.backends import noise
from qml.backends.base import Backend, Capabilities, Settings
from qml.config.sections import BackendSection
from qml.errors import MissingExtraError, PluginError


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package that a backend needs.

    Attributes:
        module: Name that is imported.
        distribution: Name that is installed.
        extra: Extra of qml-workbench that installs it, or None where qml-workbench needs it anyway.
    """

    module: str
    distribution: str
    extra: str | None = None

    @property
    def version(self) -> str | None:
        """Installed version, or None; nothing is imported."""
        try:
            return version(self.distribution) if find_spec(self.module) else None
        except PackageNotFoundError:
            return None

    def require(self) -> None:
        """Check that it is installed.

        Raises:
            MissingExtraError: It is not, and an extra installs it.
            PluginError: It is not, although every installation has it.
        """
        if self.version is not None:
            return
        if self.extra is not None:
            raise MissingExtraError(self.module, extra=self.extra)
        raise PluginError(
            f"`{self.module}` is not installed",
            hint=f"the installation is damaged: pip install '{self.distribution}'",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """A backend's entry point: called with settings it opens the backend.

    A plain function `(settings) -> Backend` is an entry point too; then `qml backends` cannot tell
    its capabilities without opening it.

    Attributes:
        name: Registered name.
        packages: What it needs; the first is its SDK.
        capabilities: `(section) -> Capabilities`, without importing the SDK.
        home: `module:class` of the backend; the class is called with the plugin and the settings.
    """

    name: str
    packages: tuple[Package, ...]
    capabilities: Callable[[BackendSection], Capabilities]
    home: str

    def __call__(self, settings: Settings) -> Backend:
        """Open the backend.

        Raises:
            MissingExtraError: A package is not installed.
            PlanError: Noise was asked for, and it has none.
        """
        for package in self.packages:
            package.require()
        if not self.capabilities(settings.section).noise:
            noise.refuse(settings.section.noise, name=self.name)
        module, _, attribute = self.home.partition(":")
        backend: Backend = getattr(import_module(module), attribute)(self, settings)
        return backend

    def versions(self) -> dict[str, str | None]:
        """Return installed versions by distribution, for `qml backends` and the manifest."""
        return {p.distribution: p.version for p in self.packages}
