"""What `python -m bot …` does, one file a command. Each returns its exit code.

0: done. 1: the work found faults, named on standard error. 2: wrong usage.
"""
