"""`qml ci`: a pipeline for a project, and the comment that it leaves behind."""
