"""Attachments and pictures by their SHA-256: what both sides hold them to."""

MAX_ASSET = 16 * 1024 * 1024
NAMES = "attachments"  # the member of a payload that names its attachments by their hashes
