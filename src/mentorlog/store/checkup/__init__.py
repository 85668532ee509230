"""What is wrong with a journal, and its repair."""
