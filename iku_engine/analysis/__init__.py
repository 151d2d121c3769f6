"""The analysis: what only algebra can answer about formulas."""
