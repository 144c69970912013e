"""What `qml compress` does with its configuration: check, run, print."""

import typer

from qml.report.terminal import Terminal


def carry_through(
    flags: list[str],
    set_: list[str] | None,
    terminal: Terminal,
    *,
    name: str | None,
    solver: str | None = None,
) -> None:
    """Check, compress and print.

    Args:
        flags: Options as `key=value`.
        set_: What `--set` says.
        terminal: Where it is printed.
        name: Of the run.
        solver: Of the method that `solver_key` names, once all methods are known.

    Raises:
        typer.Exit: Somebody asked to stop; what was found by then is printed.
    """
    from qml.cli.flags import setting
    from qml.cli.project import here, world
    from qml.report.tables.outcome import outcome_table
    from qml.tasks.carry import begin
    from qml.tasks.compress import check, run
    from qml.tasks.compress.methods import solver_key

    project, surroundings = here(set_, flags), world(terminal)
    if solver is not None:
        key = solver_key(project.loaded.config.compress)
        project = here(set_, [*flags, setting(key, solver)])
    loaded = project.loaded
    check(loaded.config, project.root, surroundings)
    folder = begin(loaded, "compress", name=name, world=surroundings)
    terminal.say(f"run {folder.id}")
    document = run(folder, loaded.config, project.root, surroundings).document()
    terminal.show(document, outcome_table(document))
    if code := document.get("stopped", {}).get("exit_code", 0):  # a circuit's outcome has none
        raise typer.Exit(code)
