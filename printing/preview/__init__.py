"""Pages to look at before they are printed, as pictures for a terminal's screen.

Never prints, and never tells a page that would be printed otherwise: it is drawn by the same road.
"""
