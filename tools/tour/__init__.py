"""The tour: one day at a village point, played by clicks in the real windows, against the real central."""
