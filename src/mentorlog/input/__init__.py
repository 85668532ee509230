"""How words get in: the editor, stdin, questions on a terminal; plain, without rich."""
