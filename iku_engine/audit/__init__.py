"""Printed figures beside the definitions: which are reproduced, and what explains the others."""
