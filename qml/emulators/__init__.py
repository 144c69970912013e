"""Vendors' services on this machine: real simulators behind the vendors' own interfaces."""
