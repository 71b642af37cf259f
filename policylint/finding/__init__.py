"""What is found: one value per fact, with all that a report may want to say about it."""
