"""Power cuts on the shipped combination: a real process recorded, every prefix of its writes replayed."""
