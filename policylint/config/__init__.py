"""`policylint.toml` or `[tool.policylint]` in; settings with every path resolved out."""
