"""SQL as a tree: the only place that knows sqlglot. What is said in it is exact, or declined."""
