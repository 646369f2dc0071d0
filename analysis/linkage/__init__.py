"""Which pairs to look at, what each trace weighs, and which relation holds."""
