"""What was done, by whom, in words a supervisor reads."""
