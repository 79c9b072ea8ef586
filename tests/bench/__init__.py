"""Figures beside their limits, measured in the same run; no test fails on a time."""
