"""The transfer slip: its sheet as blocks on paper of five formats, and a plant's own template for them.

Never draws and never asks a printer: it gives pages.
"""
