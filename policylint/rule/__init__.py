"""What a rule is, the one door through which it sees a project, and where rules come from."""
