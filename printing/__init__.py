"""Paper: slips, badges, tags and cards as pages, and codes read back from the page before it is printed.

Never decides what is to be printed and never records that it was: it is asked, and answers.
"""
