"""What authors of plug-ins inherit and test against."""
