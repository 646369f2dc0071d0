"""Who is paid: keys, accounts, wallets, forms and the words of payment."""
