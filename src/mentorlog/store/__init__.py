"""Bytes and files: everything that touches the disk."""
