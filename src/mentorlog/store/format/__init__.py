"""A record as TOML: reading, writing, validating what comes from outside."""
