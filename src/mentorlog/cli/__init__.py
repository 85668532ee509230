"""The command line: the program's clock and error boundary, its table of commands, help, usage errors, completion."""
