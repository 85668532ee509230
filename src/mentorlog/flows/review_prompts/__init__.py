"""The interactive review: its steps, its questions, and the draft from which it can be resumed."""
