"""What people do in this room: services.py, evidence.py."""

from programme.actions.services import move_stage

__all__ = ["move_stage"]
