"""Two machines: exchanging a journal over the user's own git repository.

`courier` is git: `blob_id`, and a Courier that can fetch, push, commit, and read entries, blobs and the merge_base of
two commits. It raises RemoteFailure; whoever compares histories raises AnotherHistory.
"""
