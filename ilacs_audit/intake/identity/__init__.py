"""Who people are stops here: pseudonyms instead of names, names found in free text, records linked."""
