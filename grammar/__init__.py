"""The grammar of the policylint language, as a package so that it ships with the tool."""
