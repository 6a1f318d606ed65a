"""The life of a matter, use case by use case."""
