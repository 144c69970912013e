"""The optional dependency of this folder."""

from qml.errors import MissingExtraError


def require_optuna() -> None:
    """Check that Optuna is installed.

    Raises:
        MissingExtraError: It is not.
    """
    try:
        import optuna  # noqa: F401 - whether it loads is the question
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "optuna", extra="tune") from error
