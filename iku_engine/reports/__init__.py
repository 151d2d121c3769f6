"""Reports: results, explanations and diagnostics as text. Nothing here prints or writes a file."""
