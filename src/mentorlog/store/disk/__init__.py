"""Bytes and files: durable writes, system calls, operating system errors, the lock."""
