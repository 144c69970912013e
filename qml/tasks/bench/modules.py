"""Modules of the user's own: the file of one, and of all that it imports from the same project."""

import ast
from collections.abc import Iterator
from pathlib import Path


def module_files(name: str, root: Path) -> list[Path]:
    """Return the file of a module of the project and of all that it imports from there.

    Imports are read, not run: what is imported under a name that the program makes is not found.

    Args:
        name: Dotted name.
        root: Folder of the project, where the search starts.

    Returns:
        Files in the order in which they are found; none for a module of elsewhere.
    """
    found: dict[Path, None] = {}
    waiting = [name]
    while waiting:
        for path in _files_of(waiting.pop(), root):
            if path not in found:
                found[path] = None
                waiting += _imported(path, root)
    return list(found)


def _files_of(name: str, root: Path) -> Iterator[Path]:
    """Yield the file of a module, and those of the packages around it."""
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        place = root.joinpath(*parts[:length])
        for path in (place.with_suffix(".py"), place / "__init__.py"):
            if path.is_file():
                yield path


def _imported(path: Path, root: Path) -> list[str]:
    try:
        tree = ast.parse(path.read_bytes())
    except SyntaxError:  # whoever imports it will say so better
        return []
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            base = _base(node, path, root)
            found += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return [name.strip(".") for name in found if name.strip(".")]


def _base(node: ast.ImportFrom, path: Path, root: Path) -> str:
    """Return the module that names are imported from, relative ones resolved."""
    if not node.level:
        return node.module or ""
    folder = path.parent.relative_to(root).parts
    kept = folder[: len(folder) - node.level + 1]
    return ".".join([*kept, *filter(None, [node.module])])
