"""What other departments' systems ask and send by machine: `/api/v1/`."""
