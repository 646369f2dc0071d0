"""Style sheets: rules, features, libraries."""
