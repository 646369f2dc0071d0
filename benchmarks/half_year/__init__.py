"""A simulated half year: sixty storefronts over 26 weekly crawls, driven through the command line and scored by the mails it sends.

Nothing here imports the detector: what is planted is written down by the simulator, what was told is read from the mails.
"""
