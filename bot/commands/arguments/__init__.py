"""What each command takes on the command line, and its words of help.

village.py      set up a village and keep its roster    figures.py   give out rows, figures and papers
parameters.py   see, set and try out parameters         running.py   run, try, check and save the bot

What a command does is imported when it is called, so that none waits for another's libraries.
"""
