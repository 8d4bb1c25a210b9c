"""Sheets of returns become entries and answers, each fault with its place."""
