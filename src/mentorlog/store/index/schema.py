"""The tables of the index, and the number by which a file of other tables is known."""

from __future__ import annotations

SCHEMA = 505885886
"""The file's user_version, computed from all that rows are made of (tests/store/index/test_schema.py says how).

An index that another version filled, or one whose records had other defaults, has another number and is made again.
"""

TABLES = """
CREATE TABLE folders (folder TEXT PRIMARY KEY, names BLOB NOT NULL, stamps BLOB NOT NULL);
CREATE TABLE records (
    path TEXT PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, fingerprint TEXT NOT NULL, title TEXT NOT NULL,
    status TEXT, subkind TEXT, day TEXT, created TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX record_id ON records (id);
CREATE INDEX record_kind ON records (kind, status, day, id);
CREATE INDEX record_created ON records (created, kind);
CREATE TABLE links (path TEXT NOT NULL, kind TEXT NOT NULL, role TEXT NOT NULL, target TEXT NOT NULL,
    status TEXT, day TEXT);
CREATE INDEX link_target ON links (target, role, kind, status, day, path);
CREATE INDEX link_path ON links (path);
CREATE TABLE evidence (path TEXT NOT NULL, goal TEXT NOT NULL, day TEXT NOT NULL);
CREATE INDEX evidence_goal ON evidence (goal, day);
CREATE INDEX evidence_path ON evidence (path);
CREATE TABLE defaults (kind TEXT PRIMARY KEY, defaults TEXT NOT NULL);
CREATE TABLE problems (path TEXT PRIMARY KEY, message TEXT NOT NULL, line INTEGER, reason TEXT NOT NULL);
CREATE TABLE used (id TEXT PRIMARY KEY);
CREATE TABLE log (seq INTEGER NOT NULL);
INSERT INTO log VALUES (-1);
CREATE VIRTUAL TABLE words USING fts5 (title, body, short, tokenize = "unicode61 remove_diacritics 2");
"""
