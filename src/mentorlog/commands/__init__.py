"""One verb, one file: words to values, one call of the domain, save once, say what happened."""
