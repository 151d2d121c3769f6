"""Data: files and rows handed over -> observations and records, each figure with its origin."""
