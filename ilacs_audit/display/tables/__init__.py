"""Released measures become tables that read aloud and print."""
