#!/usr/bin/env python3
"""Makes a table of what matrix.py measured.

    table.py RUNS.jsonl...     one row for each way × massager × condition, then one for each way

off: milliseconds from the order to all levels 0 at the massager. `!` behind p95: over its goal. writes: frames that move
something, before and after that moment (sum of all runs). Ends with 1 where a run did not hold or a goal was missed."""
import collections, json, sys


def percentile(values, p):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * p / 100))]


def row(name, runs):
    offs = [r["off_ms"] for r in runs if r["off_ms"] is not None]
    goal = runs[0]["goal_ms"] if len({r["goal_ms"] for r in runs}) == 1 else None
    # The p95 of fewer than 20 runs is the worst of them.
    numbers = [f"{percentile(offs, p):.0f}" for p in (50, 95)] + [f"{max(offs):.0f}"] if offs else ["–"] * 3
    late = bool(goal and offs and percentile(offs, 95) > goal)
    sums = lambda key: sum(r.get(key) or 0 for r in runs)
    exits = collections.Counter(str(r["exit"]) for r in runs)
    never = sum(any(f.startswith("never off") for f in r["faults"]) for r in runs)
    return late, [name, str(len(runs)), str(sum(not r["faults"] for r in runs)), numbers[0], numbers[1] + "!" * late,
                  numbers[2], f"{goal:.0f}" if goal else "–", str(never), str(sums("moves_before_off")),
                  str(sums("moves_after_off")), str(sum(bool(r.get("rose_after_off")) for r in runs)),
                  str(sum(r.get("link") == "lost" for r in runs)),
                  ", ".join(f"{code} ×{n}" for code, n in exits.most_common())]


HEAD = ["", "runs", "hold", "off median", "p95", "max", "goal", "never off", "writes", "after", "rose", "link lost", "exit"]


def table(groups):
    rows, late = [], 0
    for name, runs in groups.items():
        was_late, cells = row(name, runs)
        late += was_late
        rows.append(cells)
    widths = [max(len(r[i]) for r in [HEAD, *rows]) for i in range(len(HEAD))]
    line = lambda cells: "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths)) + " |"
    print("\n".join([line(HEAD), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(line, rows)]))
    return late


def main():
    runs = [json.loads(line) for path in sys.argv[1:] for line in open(path) if line.strip()]
    cells, ways = {}, {}
    for r in runs:
        cells.setdefault(f"{r['way']} {r['massager']} {r['condition']}", []).append(r)
        ways.setdefault(r["way"], []).append(r)
    late = table(cells)
    print()
    table(ways)
    faults = collections.Counter(f"{r['way']}.{r['massager']}.{r['condition']}: {f}" for r in runs for f in r["faults"])
    for fault, times in sorted(faults.items()):
        print(f"{times} × {fault}")
    held = sum(not r["faults"] for r in runs)
    print(f"\n{held} of {len(runs)} runs hold; {late} of {len(cells)} rows over their goal")
    sys.exit(0 if runs and held == len(runs) and not late else 1)


if __name__ == "__main__":
    main()
