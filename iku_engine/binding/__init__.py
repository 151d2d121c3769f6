"""The binding: a catalog tied together into ordered steps."""
