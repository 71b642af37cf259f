"""Flows and promises in; for each promise and flow one of three answers, with the combination that decides it, out."""
