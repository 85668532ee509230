"""What several commands do with the user: screens, questions, walks, the editor; none of it needs a parser."""
