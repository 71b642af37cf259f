"""Declarations as written in; what they mean out: parties, services, flows and policies, with every name looked up."""
