"""The model in; who acts for whom, what a policy governs, and which subjects reach which flow by which path, out."""
