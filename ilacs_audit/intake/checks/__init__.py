"""What is doubtful in answers that could be read: dates, doubles, returns that did not come."""
