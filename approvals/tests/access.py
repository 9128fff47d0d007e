"""Who may open each page of this room; tests/test_access.py holds the code against it."""

from accounts.audience import STAFF


def of_flow(cast, flow):
    return {"pk": flow.pk}


ACCESS = {
    "approvals:inbox": {"roles": STAFF},
    **{
        f"approvals:{name}": {"roles": STAFF, "kwargs": of_flow, "fixtures": ["flow"]}
        for name in ("flow", "reject", "sheet", "withdraw")
    },
}
