#!/usr/bin/env python3
"""Steers the emulated massager: steer.py drop, steer.py set encrypted true, ... (see massager.py)."""
import socket, sys


def steer(line):
    with socket.socket(socket.AF_UNIX) as s:
        s.connect("/run/massager.sock")
        s.sendall((line + "\n").encode())
        return s.recv(65536).decode().strip()


if __name__ == "__main__":
    print(steer(" ".join(sys.argv[1:])))
