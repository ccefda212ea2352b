"""The page that shows the plant to whoever walks by: read-only, from our own files alone.

Never writes, never asks the internet, and shows every name literally.
"""
