### The editor: lanes, points, steps, clipboard, import and export, kept work.

editor-edit = Edit
editor-edit-copy = Edit a copy
editor-new = New profile
editor-new-name = My massage
editor-name = Name of the profile
editor-not-saved = Not saved
editor-nothing-to-save = Everything is saved.
editor-nothing-to-undo = There is nothing to undo.
editor-nothing-to-redo = There is nothing to redo.
editor-select = Select
editor-add = Add point
editor-draw = Draw
editor-erase = Erase
editor-snap = Snap 5 s, 5 %
editor-snap-short = Snap
editor-zoom-in = Zoom in
editor-zoom-out = Zoom out
editor-fit = Fit
editor-time = Time
editor-steps = Steps
editor-whole = Whole profile
editor-details = Details
editor-point = Point
editor-pages = What to change
editor-table = Table
editor-profile = Profile
editor-intensity = Intensity in percent
editor-shape = Shape up to this point
editor-bent = Bent
editor-points = All points of this lane
editor-none-chosen = Choose a point to see its exact values. Double-click in a lane to add one.
editor-empty-lane = Double-click to add a point, or take the pencil and draw.
editor-no-points = No points yet.
editor-add-at-playhead = Add a point at the playhead
editor-lanes = Lanes
editor-length = Length
editor-safety = Safety check
editor-all-good = All good
editor-fix = Fix
editor-limits-from = Limits come from Settings. Saving is always possible; playing keeps every limit.
editor-step = Step
editor-step-text = What to do
editor-add-step = Add step
editor-new-step = Roll slowly
editor-above = 80 %
editor-saved = Saved.
editor-time-form = Write minutes, a colon and two digits, such as 4:10.
editor-percent-form = Write a number from 0 to 100.
editor-leave = Save your changes first?
editor-keep-editing = Keep editing
editor-discard = Discard
editor-changed = The file changed meanwhile
editor-changed-text = Somebody else changed this profile on disk while you edited it. Save yours beside it, or take its place: then the other version stays beside it as a backup (.bak).
editor-save-beside = Save beside it
editor-take-place = Take its place
editor-choose-a-stretch = Choose points at least two seconds apart: what lies between them is looped.
editor-fold = Fold this lane
editor-record = Record
editor-close-recording = Close recording
editor-level = Intensity
editor-finish = Finish
editor-recording = Recording: move the slider, or press the arrows. Esc drops the take; where the massager plays along, it stops it and keeps the take.
editor-record-with-massager = Record and feel it
editor-no-massager = Connect a massager first.
editor-how-to-record = Move the slider while time runs: that becomes the curve, in place of what was there. Slow and steady works best; small trembling is smoothed away.
editor-zoom-to-chosen = Zoom to these
clip-copy = Copy
clip-cut = Cut
clip-paste = Paste
clip-paste-and-push = Paste and push
clip-paste-tip = At the playhead, in place of what is there (Ctrl+V)
clip-push-tip = At the playhead; what comes after moves later in every lane (Ctrl+Shift+V)
clip-nothing-to-copy = Choose some points first, then copy them.
clip-no-steps = Steps cannot be copied. Choose some points.
clip-empty = The clipboard is empty. Copy some points first.
exchange-heading = Import and export
exchange-table = All points, as a table (CSV)
exchange-picture = A picture
exchange-import = Import
exchange-export = Export
exchange-svg = SVG
exchange-svg-tip = Sharp at any size, for print and the web
exchange-png = PNG
exchange-png-tip = For mail and chat
exchange-light = Light
exchange-dark = Dark
exchange-no-lane = There is no lane to import into. Add one first.
exchange-empty-lane = This lane has no points yet.
exchange-empty = There are no points yet.
exchange-no-lane-label = A lane, as a script (funscript)
recovery-open = Open them
recovery-later = Keep for later
recovery-later-tip = Svang asks again when it starts next
recovery-delete = Delete them
recovery-delete-copy = Delete it
recovery-hurt = Kept changes cannot be read
recovery-conflict = The file itself was changed by somebody else since then. It stays as it is: when you save, Svang asks whether yours goes beside it or takes its place.
recovery-gone = The file itself is gone, so they open as a new profile.
recovery-hurt-text = The file has not been changed: you can mend it, or keep it as it is.
steps-all = Manual steps
steps-none = No steps yet. A step says what to do by hand for a while.
steps-from = From
steps-to = To
steps-no-text = says nothing yet
editor-record-channel = Record { $channel }
editor-record-from = Record from { $at }
editor-record-with = { $massager } plays along
editor-ceiling = At most { $ceiling }
editor-session-ends = A session ends at { $at }
editor-loop-stretch = Play loop { $from } – { $to }
editor-leave-text = “{ $name }” has changes that are not saved.
editor-undo = Undo: { $label }
editor-redo-what = Redo: { $label }
editor-try-from = Try from { $at }
editor-levels = { $count ->
    [one] 1 level
   *[other] { $count } levels
}
editor-count = { $count ->
    [0] empty
    [one] 1 point
   *[other] { $count } points
}
editor-left = , left
editor-right = , right
editor-place = { $channel }, { $index } of { $count }
editor-chosen = { $count } points chosen
editor-plays-as = { $massager } plays this as level { $level } of { $levels }
editor-flag = { $at }, { $intensity }
editor-was = was { $at }, { $intensity }
editor-to-fix = { $count } to fix
editor-add-lane = Add { $mode }
editor-remove-lane = Remove { $channel }
editor-copy-of = { $name } (copy)
editor-per-second = { $rise } %/s
editor-seen = { $seen } of { $length }
editor-hold = Hold
editor-straight = Straight
editor-smooth = Smooth
clip-copied = { $count ->
    [one] 1 point copied.
   *[other] { $count } points copied.
}
clip-was-cut = { $count ->
    [one] 1 point cut.
   *[other] { $count } points cut.
}
clip-across = { $count ->
    [one] 1 point from { $from } is in { $to } now.
   *[other] { $count } points from { $from } are in { $to } now.
}
clip-longer = The profile is { $length } long now.
exchange-lane = { $name }, as a script (funscript)
exchange-imported = { $count ->
    [one] 1 point from { $name } in { $into }. Undo takes it back.
   *[other] { $count } points from { $name } in { $into }. Undo takes it back.
}
exchange-lanes = { $count } lanes
exchange-written = { $name } is exported.
exchange-fault = line { $line }, column { $column }: { $fault }.
exchange-more = { $count ->
    [one] And one more fault.
   *[other] And { $count } more faults.
}
exchange-too-many = { $count ->
    [one] { $name } has 1 point: more than a profile's file can hold. Cut it into parts first.
   *[other] { $name } has { $count } points: more than a profile's file can hold. Cut it into parts first.
}
exchange-no-picture = The picture could not be drawn: { $why }. Export an SVG instead.
recovery-title-no-name = Svang ended while you edited a profile without a name
recovery-title = Svang ended while you edited “{ $name }”
recovery-kept-at = Your changes from { $time } are kept.
recovery-kept-on = Your changes from { $date }, { $time } are kept.
recovery-kept = Your changes are kept.
recovery-more = { $count ->
    [one] Changes to one more profile are kept; they come next.
   *[other] Changes to { $count } more profiles are kept; they come next.
}
recovery-not-kept = What you edit is not kept over a crash right now; save it yourself from time to time. { $why }
exchange-at-most = at most { $peak }
editor-description = What it is for
editor-in-language = { $what }, { $language }
editor-author = Who made it
editor-author-hint = Your name
editor-need = When one takes it
editor-curves = Curves
