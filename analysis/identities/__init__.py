"""Who a shop says it is: companies, registrations, addresses, contacts, brands."""
