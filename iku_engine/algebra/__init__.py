"""The algebra: trees to compiled programs, by sympy."""
