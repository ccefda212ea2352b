"""The terminal's paint: lines of text with roles, large letters, and the one widget that shows them.

Never knows what is painted: screens compose it.
"""
