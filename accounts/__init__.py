"""Who a person is, for which organisation, in which post."""
