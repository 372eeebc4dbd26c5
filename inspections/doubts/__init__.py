"""What looks too good to be true."""
