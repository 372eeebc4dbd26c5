"""Messages from the system to a person, each sent once; and the work list."""
