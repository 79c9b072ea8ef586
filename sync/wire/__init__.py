"""The wire, version 1: bytes, signatures and shapes shared by terminal, central and auditor (PROTOCOL.md)."""
