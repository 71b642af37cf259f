"""Texts in; the declarations in them, as written, and what is wrong with those that cannot be read, out."""
