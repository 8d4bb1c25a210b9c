"""What is fed by the plan, the programme and the released pages of an edition; nothing here reads an answer."""
