"""One file per revision.

Never edited after its release.
"""
