"""Tables of the fields of a definition, from the models that read them."""

from __future__ import annotations

from docs.tools.blocks import table
from iku_engine.catalog import forms

SECTIONS: dict[str, type[forms.Form]] = {
    "file": forms.HeaderForm,
    "defaults": forms.DefaultsForm,
    "owners": forms.OwnerForm,
    "units": forms.UnitForm,
    "sources": forms.SourceForm,
    "dimensions": forms.DimensionForm,
    "members": forms.MemberForm,
    "variables": forms.VariableForm,
    "records": forms.RecordsForm,
    "record fields": forms.FieldForm,
    "formulas": forms.FormulaForm,
    "examples": forms.ExampleForm,
    "scales": forms.ScaleForm,
    "bands": forms.BandForm,
    "indicators": forms.IndicatorForm,
    "target rule": forms.TargetRuleForm,
    "target path": forms.TargetPathForm,
    "target spread": forms.TargetSpreadForm,
    "revisions": forms.RevisionForm,
    "achievement": forms.AchievementForm,
    "plan": forms.PlanNodeForm,
    "summaries": forms.SummaryForm,
    "document": forms.DocumentForm,
    "rating": forms.RatingForm,
}


def fields_table(section: str) -> str:
    """The fields of one section: which are required, and what each holds."""
    rows = [
        (f"`{name}`", "required" if field.is_required() else "", field.description or "")
        for name, field in SECTIONS[section].model_fields.items()
    ]
    return table(("field", "", "meaning"), rows)
