"""The policies that come with policylint, one `.policy` file each, to be named in a configuration."""
