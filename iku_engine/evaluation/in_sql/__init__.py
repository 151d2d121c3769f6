"""Records reduced where they live; `iku_engine.evaluation.records` is the reference."""
