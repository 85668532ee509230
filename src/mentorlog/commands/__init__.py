"""One noun or root verb per file: words to values, one domain call, save once, say what happened."""
