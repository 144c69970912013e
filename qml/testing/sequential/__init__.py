"""Tests that look at the shots as they come, and stop when sure."""
