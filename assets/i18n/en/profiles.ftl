### The profiles: cards, one profile, and their dialogs.

profiles-search = Search profiles
profiles-import = Import
profiles-all = All
profiles-fits = Fits
profiles-own = Own
profiles-built-in = Built in
profiles-ready-made = Ready-made
profiles-start-here = Start here
profiles-by-last-used = Last used
profiles-by-name = By name
profiles-by-length = Shortest first
profiles-by-stars = Most stars
profiles-all-by-hand = All by hand
profiles-broken = This file cannot be read yet. It has not been changed.
profiles-show-file = Show file
profiles-no-curve = The massager keeps this program to itself, so there is no curve to draw.
profiles-nothing = No profile fits this search
profiles-nothing-text = Try another word, or show all profiles again.
profiles-show-all = Show all
profiles-no-own = No profile of your own yet
profiles-no-own-text = Duplicate a ready-made one and change its file as you like, or import one.
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
profiles-order = Order
profiles-fits-massager = Fits { $massager }
profiles-fits-not = Does not fit { $massager }
profiles-plays-without = Plays without { $modes }
profiles-rest-title = { $massager } has no { $modes }
profiles-rest-text = “{ $profile }” also uses { $modes }. Svang can play everything else in it.
profiles-cannot-play = { $massager } has none of the modes that “{ $profile }” uses. Choose another profile.
profiles-built-into = Built into { $massager }
profiles-from = From { $author }
profiles-place = Line { $line }, column { $column }:
profiles-more-problems = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
profiles-played = { $count ->
    [one] { $from } · played once
   *[other] { $from } · played { $count } times
}
profiles-up-to = Up to { $peak }
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
