"""All routes."""

from qml.emulators.ionq.routes import account, inspection, jobs, money, results
from qml.emulators.ionq.routes.base import Route

API = "/v0.4"
OWN = "/emulator"

# `/jobs/estimate` stands before `/jobs/*`
_API = (*money.ROUTES, *results.ROUTES, *jobs.ROUTES, *account.ROUTES)


def find(method: str, path: str) -> tuple[Route, tuple[str, ...]] | None:
    """Return the route of a request and the parts of its path, or None."""
    for prefix, routes in ((API, _API), (OWN, inspection.ROUTES)):
        if path.startswith(f"{prefix}/"):
            rest = path.removeprefix(prefix).rstrip("/")
            for known in routes:
                match = known.pattern.fullmatch(rest)
                if match and known.method == method:
                    return known, match.groups()
    return None
