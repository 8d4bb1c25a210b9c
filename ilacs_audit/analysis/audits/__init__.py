"""What audits found: answers become measures of what is met, by whom, since when and whether it helped."""
