"""What a kept binding computes is, byte for byte, what the definitions compute."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from iku_engine import kept
from iku_engine.engine import Engine
from iku_engine.language.to_text import to_text
from iku_engine.reports.to_csv import to_csv
from iku_engine.reports.to_json import to_json
from tests.laws import LAW
from tests.properties.catalogs import definitions
from tests.properties.test_catalogs import Pools, table
from tests.properties.trees import numeric, pools

formulas = numeric(based=True, bands=False, reduced=False).map(to_text)
targets = st.dictionaries(st.sampled_from(["2020", "2021"]), st.integers(-5, 500), max_size=2)


@LAW
@given(st.lists(st.tuples(formulas, targets), min_size=1, max_size=3), pools())
def test_results_with_and_without_the_kept_binding_are_the_same_bytes(
    found: list[tuple[str, dict[str, int]]], pool: Pools
) -> None:
    declared = {
        f"i{number}": {"formula": formula, "targets": promised, "polarity": "higher"}
        for number, (formula, promised) in enumerate(found)
    }
    data = table(pool)
    with tempfile.TemporaryDirectory() as name, patch.dict(os.environ, IKU_CACHE=f"{name}/cache"):
        path = Path(name, "iku.yaml")
        path.write_text(json.dumps(definitions(declared)), encoding="utf-8")
        plain = Engine.open(path)
        assert not kept.cache_folder().exists()
        Engine.open(path, keep=True)
        assert len(list(kept.cache_folder().glob("*.json"))) == 1
        with patch("iku_engine.engine.bound.read", side_effect=AssertionError("read again")):
            again = Engine.open(path, keep=True)
        before, said = plain.compute_with_findings("2020..2021", data=data)
        after, said_again = again.compute_with_findings("2020..2021", data=data)
    assert to_csv(after).encode() == to_csv(before).encode()
    assert to_json(after).encode() == to_json(before).encode()
    assert said_again == said
