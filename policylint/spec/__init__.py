"""Rule pages in; whether each keeps what it promises, out: pages are tests."""
