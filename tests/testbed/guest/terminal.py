#!/usr/bin/env python3
"""A stand-in for a shell on a terminal: makes its standard input the controlling terminal, runs one program there as
the foreground job, and hands on what a shell hands on.

    terminal.py FD PROGRAM [ARGS]     FD: a socket for the lines `pid N` and `ended CODE`"""
import fcntl, os, signal, sys, termios

tell = os.fdopen(int(sys.argv[1]), "w", buffering=1)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
for which in (signal.SIGTTOU, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
    signal.signal(which, signal.SIG_IGN)

ready, go = os.pipe()
job = os.fork()
if job == 0:
    os.setpgid(0, 0)
    os.close(go)
    os.read(ready, 1)  # not before it is in the foreground
    for which in (signal.SIGTTOU, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(which, signal.SIG_DFL)
    os.close(tell.fileno())
    os.execvp(sys.argv[2], sys.argv[2:])

# The terminal is gone: a shell tells its jobs.
def hand_on(*_):
    try:
        os.killpg(job, signal.SIGHUP)
    except ProcessLookupError:
        pass  # it ended before


signal.signal(signal.SIGHUP, hand_on)
try:
    os.setpgid(job, job)
except OSError:
    pass  # the job was quicker
os.tcsetpgrp(0, job)
os.write(go, b"1")
print("pid", job, file=tell)
while True:
    try:
        _, status = os.waitpid(job, 0)
        break
    except InterruptedError:
        continue
print("ended", os.waitstatus_to_exitcode(status), file=tell)
