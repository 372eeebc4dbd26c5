"""The page that lists, filters, sorts, bulk-acts, imports and exports."""
