"""Which machine of a vendor is meant."""

from qml.config.sections import BackendSection


def device_of(section: BackendSection, provider: str, default: str) -> str:
    """Return the device that `[backend] name` names.

    Args:
        section: `[backend]`; `name` may belong to another backend when all are listed.
        provider: Registered name, e.g. `ionq`.
        default: What the bare name means, `[backend.<provider>] device`.
    """
    prefix = f"{provider}."
    return section.name.removeprefix(prefix) if section.name.startswith(prefix) else default
