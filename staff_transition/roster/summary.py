"""The figures above the preview."""

from typing import Any

from staff_transition.roster.checks import protected_kind
from staff_transition.roster.lines import LABELS, Kind
from staff_transition.roster.reading import Reading

LEFT_OUT = (Kind.TITLE, Kind.TOTAL, Kind.SIGNATURE, Kind.NOTE, Kind.REPEATED, Kind.NUMBER_ONLY, Kind.OTHER_TABLE)


def counts(reading: Reading) -> dict[str, Any]:
    """How many people, good and bad, what was left out and what was hidden."""
    left_out = dict.fromkeys(LEFT_OUT, 0)
    for sheet in reading.sheets:
        for line in sheet.lines:
            if line.kind in left_out:
                left_out[line.kind] += 1
    errors = reading.errors
    return {
        "people": len(reading.people), "good": len(reading.good_people),
        "bad": len({(finding.sheet, finding.row) for finding in errors}),
        "errors": len(errors), "hints": len(reading.hints),
        "left_out": {LABELS[kind]: count for kind, count in left_out.items() if count},
        "campuses": len({person.values["campus"] for person in reading.people if "campus" in person.values}),
        "categories": len({person.values["category"] for person in reading.people if "category" in person.values}),
        "protected": sum(1 for person in reading.people if protected_kind(person.values.get("remark", ""))),
        "hidden_rows": [[sheet.name, sheet.hidden_rows] for sheet in reading.sheets if sheet.hidden_rows],
        "far": [[sheet.name, sheet.far] for sheet in reading.sheets if sheet.far],
    }  # fmt: skip
