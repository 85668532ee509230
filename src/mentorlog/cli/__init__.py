"""The command line: entry point, command table, help, usage errors, completion."""
