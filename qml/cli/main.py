"""The entry point of the `qml` command."""

import sys


def main() -> None:
    """Run the command line; `--version` answers without loading anything else."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from qml import __version__

        sys.stdout.write(f"qml {__version__}\n")
        return
    from qml.cli.app import build

    build()()
