"""How common each value is among public libraries, stock themes and ordinary shops."""
