"""What was found before and what has changed since in; what a check of everything would find, out."""
