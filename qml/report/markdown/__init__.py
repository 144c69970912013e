"""Outcomes as Markdown, for the comment under a pull request."""
