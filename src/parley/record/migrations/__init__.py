"""The migrations of a record, oldest first.  A released one is never edited."""
