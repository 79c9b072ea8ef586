"""The calls of the protocol, one router per group."""
