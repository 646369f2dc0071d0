"""What is sold: prices, cards, declared and found products."""
