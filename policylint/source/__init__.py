"""Bytes in, texts with positions out: which files belong, how they are read, and where declarations stand in them."""
