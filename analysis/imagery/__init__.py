"""Pictures and marks: decoding in a process of their own, hashes, where a mark stands."""
