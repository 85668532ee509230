"""Input: the editor, stdin and prompts, without rich."""
