### What is wrong in files that a person writes: what all files share.

problem-placed = { $line }:{ $column }: { $what }
problems-all = { $problems }
problems-and-more = { $problems }; …
names-all = { $names }
names-and-more = { $names } and { $more } more

syntax-too-large = the file has { $size } MiB: make it no larger than 8 MiB
syntax-too-deep = brackets are nested too deeply here: no part of the file needs that
syntax-empty = the file is empty: begin with `{ $begins }(version: 1,`
syntax-begins = begin with `{ $begins }(version: 1,`
syntax-no-version = the version is missing: write `version: 1,` as the first field
syntax-newer-version = the file has version { $version }, newer than this Svang reads: update Svang to open it
syntax-odd-version = { $here } is no version: write `version: { $newest },`
syntax-curved-quotes = these quotes are curved: write straight ones, "…"
syntax-other-kind = { $here } cannot stand here: write { $expected }
syntax-escape = a backslash in quotes starts a special character: write \\ for itself
syntax-no-colon = a colon is missing before { $here }: write a name, a colon, a value
syntax-no-colon-before-bracket = a colon is missing before “(”: names are one word, such as RollerLeft
syntax-no-field = “{ $here }” is no field: write one of { $known }
syntax-no-field-of = “{ $here }” is no field of { $outer }: write one of { $known }
syntax-no-word = “{ $here }” is not known here: write one of { $known }
syntax-field-missing = “{ $field }” is missing: add `{ $field }: …,`
syntax-field-missing-in = “{ $field }” is missing in { $outer }: add `{ $field }: …,`
syntax-twice = “{ $field }” stands here a second time: keep one
syntax-other-name = “{ $here }” stands where { $expected } belongs: write `{ $expected }(`
syntax-no-opening-of = “(” is missing before { $here }: write `{ $name }(`
syntax-missing = “{ $what }” is missing before { $before }
syntax-no-list = { $here } stands where a list belongs: write “[” before its first entry
syntax-no-brace = { $here } stands where “{"{"}” belongs
syntax-no-text = { $here } stands where a text in quotes belongs: put quotes around it
syntax-no-number = { $here } stands where a number belongs: write digits alone, without quotes
syntax-out-of-range = { $here } is out of range
syntax-comma-too-many = one comma too many: remove it
syntax-no-word-before-bracket = a word is missing before “(”
syntax-name-in-quotes = { $here } stands where a name belongs: leave out the quotes
syntax-no-name = { $here } stands where a name belongs
syntax-no-value = a value is missing before { $before }
syntax-after-the-end = { $here } comes after the end: the file ends with its last bracket
syntax-ends-too-early = the file ends too early: its end is missing
syntax-other = this cannot be read: { $why }
syntax-no-comma = a comma is missing here
syntax-no-comma-after = a comma is missing after { $here }
syntax-long-text = this text runs over several lines: is its closing quote missing?
syntax-no-whole-number = { $here } is no whole number: write digits alone
syntax-percent-sign = leave out “%”: intensities are in percent as they stand
syntax-decimal-comma = one value too many: decimals take a point, such as 12.5, and nothing follows them
syntax-other-bracket = “{ $here }” stands where “{ $expected }” belongs: “{ $opened }” of line { $line } is still open
syntax-closes-nothing = “{ $here }” closes nothing: remove it
syntax-open-comment = this comment never ends: close it with */
syntax-open-text = this text never ends: close it with a quote
syntax-file-open = the file ends here, and “{ $opened }” of line { $line } is still open: close it
syntax-never-closed = “{ $opened }” is never closed

syntax-piece-word = { $text }
syntax-piece-end = the end of the file
syntax-piece-this = this

expected-whole-number = a whole number
expected-number = a number
expected-text = a text in quotes
expected-yes-or-no = true or false
expected-list = a list in “[” and “]”
expected-map = names with values in “{"{"}” and “{"}"}”
expected-said = { $what }
expected-other = { $what }
expected-time-time = a time in quotes, such as "2:30"
time-otherwise-written = “{ $text }” is not a time: write minutes, a colon and two digits of seconds, such as "2:30" or "2:30.250"
no-intensity-out-of-range = { $given } is no intensity: write a number from 0 to 100
no-intensity-too-fine = { $given } is too fine: an intensity has at most one decimal
session-unfit-pain = pain is { $given }: write a number from 0 to { $most }
rating-unfit-stars = stars is { $given }: write a number from 0 to { $most }
settings-unfit-session = session is { $given }: write a time from 1:00 to 20:00
settings-unfit-rise = rise_per_second is 0: nothing would ever start; write a number from 1 to 100
settings-unfit-soft-start = soft_start is { $given }: write a time up to 1:00
settings-unfit-strength = strength is { $given }: write a number from 10 to 100

### What is wrong in a file to import.

import-fault-no-funscript = this is no funscript ({ $why }): it is JSON with a list “actions” of “at” and “pos”
import-fault-no-actions = this funscript has no actions: there is nothing to import
import-fault-long-funscript = this funscript is longer than four hours: cut it into parts first
import-fault-all-before = this funscript has no action after the start: there is nothing to import
import-fault-no-table = this is no table of points: its first line is “{ $head }”
import-fault-point-twice = two points of { $track } at { $at }, the first one on line { $line }: one point a time
import-fault-no-points = this table has no points: there is nothing to import
import-fault-no-track = “{ $name }” is no track: write one of { $known }
import-fault-no-time = { $why }
import-fault-too-late = { $time } is too late: a profile lasts four hours at most
import-fault-no-intensity = “{ $given }” is no intensity: write a number from 0 to 100
import-fault-no-shape = “{ $name }” is no shape: write Hold, Straight, Smooth or Bend with a number from −100 to 100
import-note-before = { $count ->
    [one] { $count } action before the start was left out
   *[other] { $count } actions before the start were left out
}
import-note-outside = { $count ->
    [one] { $count } action outside 0 to 100 was brought inside
   *[other] { $count } actions outside 0 to 100 were brought inside
}
import-note-out-of-order = { $count ->
    [one] { $count } action out of order was sorted
   *[other] { $count } actions out of order were sorted
}
import-note-same-time = { $count ->
    [one] { $count } action at the time of another was left out
   *[other] { $count } actions at the time of another were left out
}

check-no-kind = begin with `Profile(version: 1,` for a profile, or `DeviceMap(version: 1,` for a device map
import-note-longer = The profile is { $length } long now
