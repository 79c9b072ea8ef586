"""Yizhan (驿站): the service terminal."""

__version__ = "0.1.0"
