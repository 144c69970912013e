"""Versions of everything that is installed, read in-process (`pip freeze` takes seconds)."""

from collections.abc import Mapping


def describe_packages() -> dict[str, str]:
    """Return the version of every installed distribution by its name in lower case, sorted."""
    from importlib.metadata import distributions

    found: dict[str, str] = {}
    for distribution in distributions():
        facts = distribution.metadata
        name, version = facts["Name"], facts["Version"]
        if name and version:  # a half-removed distribution has neither
            # The first one on the path is the one that gets imported.
            found.setdefault(name.lower().replace("_", "-"), version)
    return dict(sorted(found.items()))


def requirements(packages: Mapping[str, str]) -> str:
    """Write the versions as a requirements file, every one pinned."""
    return "".join(f"{name}=={version}\n" for name, version in packages.items())
