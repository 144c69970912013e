"""Built-in checks, one file each; family `checks`."""
