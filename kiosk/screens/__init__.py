"""What the operator sees: one painter for each part of a `View`, and the screen that holds them.

Never keeps and never decides: a painter is a function of what it is given.
"""
