"""The results: figures with their status, reasons and origin."""
