"""A council's first page: see its workbook, ask ten plain questions, write what follows from the answers, publish."""
