"""CSV files that people keep by hand: read as a whole, and refused with every fault.

file → `sheet` by its form → rules over several rows → `refuse` names line and fix
"""
