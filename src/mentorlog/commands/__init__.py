"""The commands, one verb per file: parse the values, call the domain, save once, print the result."""
