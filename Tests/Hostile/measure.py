"""Runs a command with a file as its input, and says how many bytes of memory it had at most: measure.py FILE COMMAND…"""
import resource, subprocess, sys

with open(sys.argv[1], "rb") as file:
    # By a pipe, as the host does.
    subprocess.run(sys.argv[2:], input=file.read(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, end="")
