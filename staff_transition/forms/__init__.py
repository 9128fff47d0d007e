"""Forms of this room: people and their facts; schemes and their checklists."""
