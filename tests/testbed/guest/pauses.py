#!/usr/bin/env python3
"""Notes when the whole machine stood still, as a computer that others share does for a moment: prints `from to` in
seconds (CLOCK_MONOTONIC), a line for each pause. It goes before every other process of the guest, so that a program that
keeps the processor busy is no pause."""
import gc, os, time

TICK_S = 0.005
PAUSE_S = 0.005

if __name__ == "__main__":
    gc.disable()
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))
    last = time.monotonic()
    while True:
        time.sleep(TICK_S)
        now = time.monotonic()
        if now - last > TICK_S + PAUSE_S:
            print(f"{last:.6f} {now:.6f}", flush=True)
        last = now
