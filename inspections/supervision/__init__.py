"""Supervision of government bodies: findings, order, reply, closure."""
