"""The evaluation: programs and data to values."""
