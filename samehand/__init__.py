"""The door: command line, configuration and demo. Parses and calls; decides nothing."""
