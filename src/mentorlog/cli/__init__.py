"""The command line: clock and error boundary, table of commands, help, usage errors, completion."""
