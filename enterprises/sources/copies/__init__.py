"""Filings of the gravest sources go upward: each quarter to the city, each half-year to the province (O40)."""
