"""What each showing command prints, one file per command."""
