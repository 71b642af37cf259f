"""What a check found in; words and formats out, one module each."""
