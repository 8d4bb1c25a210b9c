"""What is learnt without naming anybody: themes of comments, strengths, what families say beside their files."""
