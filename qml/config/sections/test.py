"""`[test]`: what `qml test` holds a project to."""

from pydantic import Field

from qml.config.base import Section


class TestSection(Section):
    """Checks of a project's model, beside the project's own tests."""

    __test__ = False  # pytest takes it for a test case

    checks: list[str] = Field([], description="Built-in checks, by name; all where empty.")
    noise: list[str] = Field(
        [], description="Noise models to test on, e.g. `aria-1`, `forte-1`; none where empty."
    )
    backends: list[str] = Field([], description="Backends that must agree with [backend].")
    shots: int = Field(1_000, ge=1, description="Shots of a statistical check (shots).")
