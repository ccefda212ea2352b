"""The language of the plant: values, events, rules and folds.

Never reads a clock, a disk, a network or a screen: time, ids and chance come in as parameters.
"""
