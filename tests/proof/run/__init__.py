"""Runs every prover within a budget of minutes, and makes the figures and the page of it."""
