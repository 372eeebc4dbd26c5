"""Forms of the hazards: one for each verb that needs an answer."""
