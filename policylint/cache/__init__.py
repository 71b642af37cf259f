"""What a run looked at and said in; the same said again by a later run, if it would look at the same, out."""
