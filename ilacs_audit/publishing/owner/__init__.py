"""What only the owner of a run sees: its status, fix lists, draw protocols and schedules."""
