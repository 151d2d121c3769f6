"""The definition file as pydantic models: which fields there are and what each may hold.

The models guard the boundary only; `from_forms.py` and its neighbours make the records of the
catalog from them. The docstrings and descriptions here become the JSON Schema that editors show.
"""

from __future__ import annotations

from iku_engine.catalog.forms.base import Form
from iku_engine.catalog.forms.file import DefaultsForm, DefinitionFile, HeaderForm
from iku_engine.catalog.forms.indicators import IndicatorForm, RatingForm
from iku_engine.catalog.forms.inputs import (
    DimensionForm,
    FieldForm,
    MemberForm,
    OwnerForm,
    RecordsForm,
    SourceForm,
    UnitForm,
    VariableForm,
)
from iku_engine.catalog.forms.plan import DocumentForm, PlanNodeForm, SummaryForm
from iku_engine.catalog.forms.scales import BandForm, ExampleForm, FormulaForm, ScaleForm
from iku_engine.catalog.forms.targets import (
    AchievementForm,
    RevisionForm,
    RoundForm,
    TargetPathForm,
    TargetRuleForm,
    TargetSpreadForm,
)

__all__ = [
    "AchievementForm",
    "BandForm",
    "DefaultsForm",
    "DefinitionFile",
    "DimensionForm",
    "DocumentForm",
    "ExampleForm",
    "FieldForm",
    "Form",
    "FormulaForm",
    "HeaderForm",
    "IndicatorForm",
    "MemberForm",
    "OwnerForm",
    "PlanNodeForm",
    "RatingForm",
    "RecordsForm",
    "RevisionForm",
    "RoundForm",
    "ScaleForm",
    "SourceForm",
    "SummaryForm",
    "TargetPathForm",
    "TargetRuleForm",
    "TargetSpreadForm",
    "UnitForm",
    "VariableForm",
]
