"""All terminals of a province come back within a minute."""
