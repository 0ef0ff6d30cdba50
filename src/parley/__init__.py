"""Parley: from press reports about a conflict to a record of its events."""

__version__ = "0.1.0"
