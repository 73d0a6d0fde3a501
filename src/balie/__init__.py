"""Balie: the service desk that keeps its privacy statement."""

__version__ = "0.1.0"
