### The profiles: cards, one profile, and their dialogs.

profiles-search = Search profiles
profiles-import = Import
profiles-all = All
profiles-own = Own
profiles-ready-made = Ready-made
profiles-start-here = Start here
profiles-show-file = Show file
profiles-nothing = No profile fits
profiles-nothing-text = The search and the filters hide all { $count } profiles.
profiles-show-all = Show all
profiles-no-own = No profile of your own yet
profiles-no-own-text = Draw one, make a copy of a ready-made one, import one, or drop a file on this window.
profiles-open = Look closer
profiles-duplicate = Duplicate
profiles-rename = Rename
profiles-export = Export
profiles-notes = Notes and stars
profiles-steps = By hand
profiles-name = Name
profiles-your-notes = Your notes
profiles-notes-hint = How it felt, when it helps
profiles-connect-first = Connect a massager first, or try the simulated one.
profiles-play-the-rest = Play the rest
profiles-name-first = Type a name first.
profiles-rest-title = { $massager } has no { $modes }
profiles-rest-text = “{ $profile }” also uses { $modes }. Svang can play everything else in it.
profiles-cannot-play = { $massager } has none of the modes that “{ $profile }” uses. Choose another profile.
profiles-from = From
profiles-place = Line { $line }, column { $column }:
profiles-more-problems = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
profiles-played = Played
profiles-up-to = { $strength }, up to { $peak }
profiles-deleted = “{ $name }” is in the bin.
profiles-back-again = “{ $name }” is back.
profiles-duplicated = “{ $name }” is yours now.
profiles-imported = “{ $name }” is imported.
profiles-exported = “{ $name }” is exported.
profiles-stars = { $count ->
    [0] No stars yet
    [one] 1 star
   *[other] { $count } stars
}
profiles-modes = Modes
profiles-by-hand-only = By hand only
profiles-mend = Mend
profiles-delete = To the bin
profiles-inside = Inside { $massager }
profiles-inside-note = Its own programs. No curve to draw, no strength to set; Stop works.
profiles-wait-for-a-mend = { $count ->
    [one] One file waits for a mend
   *[other] { $count } files wait for a mend
}
profiles-not-changed = They have not been changed.
profiles-not-on = not on { $massager }
begin = Begin
need-any-time = Any time
need-morning = Morning
need-after-activity = After activity
need-trigger-points = Trigger points
need-evening = Evening
strength-gentle = Gentle
strength-medium = Medium
strength-firm = Firm
profiles-as-drawn = as drawn
profiles-at-strength = at { $strength }
profiles-start-hint = Press or drag in a lane to start elsewhere.
profiles-start-at = Starts at { $at }
profiles-your-stars = Your stars
profiles-play-from = Play from { $at }
profiles-on-at = { $massager } at { $strength }
profiles-up-to-level = up to level { $level } of { $of }
profiles-start-from-step = Start from a step
profiles-never = Not yet
profiles-times = { $count ->
    [one] once
   *[other] { $count } times
}
profiles-times-last = { $count ->
    [one] once, on { $day }
   *[other] { $count } times, last on { $day }
}
profiles-file = File
mend-nothing-changed = Nothing has changed yet.
mend-text = The text of the file
mend-again = Take the text from the disk
mend-changed = Another program has changed the file meanwhile. Yours was not written.
mend-good = It can be played now. Save it.
mend-faults = { $count ->
    [one] One thing to mend
   *[other] { $count } things to mend
}
mend-place = Line { $line }
mend-kept = The file as it was is kept beside it when you save.
mend-too-long = { $file } is too long to be mended here. Open it in a text editor.
mend-saved = Saved. It can be played now.
mend-not-yet = Saved. It cannot be played yet.
profiles-broken = This file cannot be read yet. It has not been changed.
