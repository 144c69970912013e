"""`[project]`: what the project is called and where its runs lie."""

from pydantic import Field

from qml.config.base import Section


class ProjectSection(Section):
    """Name and folders of the project."""

    name: str = Field("qml-project", min_length=1, description="Name of the project.")
    runs: str = Field(
        "runs", min_length=1, description="Folder of the runs, relative to this file."
    )
