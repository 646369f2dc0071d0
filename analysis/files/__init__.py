"""Files and their names, platforms, themes, tools and other parties that left them."""
