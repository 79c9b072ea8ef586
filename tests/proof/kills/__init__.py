"""The real process killed at random moments, and made to meet a failing disk at every system call."""
