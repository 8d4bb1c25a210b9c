"""One audience and period: its pages, front page, figures and manifest, put in place as a whole."""
