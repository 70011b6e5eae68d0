### What the editor does, checks and refuses.

edit-no-point = this point is gone: choose another
edit-no-step = this step is gone: choose another
edit-no-track = there is no track “{ $channel }”: add it first
edit-track-there = there is a track “{ $channel }” already: edit or delete that one
edit-taken = there is a point at { $at } already: choose another time
edit-after-end = { $at } is after the end: make the profile longer first
edit-too-long = that makes the profile longer than four hours: choose less
edit-too-short = that leaves less than a second: keep more of the profile
edit-empty-stretch = the stretch is empty: choose a longer one
edit-step-there = another step is there already: choose a free place
edit-nothing-to-record = there is nothing to record here
edit-nothing-to-fill = there is nothing to fill after this part here
edit-generator = { $why }
edit-several-tracks = this holds several tracks: paste it without choosing a track
form-too-short = one cycle takes { $cycle } and the stretch is { $stretch }: choose a longer stretch or shorter times
form-too-fast = a cycle of less than 0.2 s cannot be felt: choose longer times
no-clip-unreadable = the clipboard holds no curve that Svang can read ({ $why }): copy some points first
no-clip-other-text = the clipboard holds another text: copy some points first
no-clip-other-version = the curve on the clipboard is of version { $version }, and this Svang reads version 1: copy it again in this Svang
no-clip-odd-length = the curve on the clipboard says that it is { $length } long: copy it again
no-clip-no-points = the curve on the clipboard has no points: copy some points first
no-clip-no-curve = the clipboard holds no curve: { $why }
curve-order = point { $index } at { $at } does not come after the one before it: points stand in time order, one at a time

did-move-points = { $count ->
    [one] move point
   *[other] move { $count } points
}
did-set-intensity = { $count ->
    [one] set intensity of point
   *[other] set intensity of { $count } points
}
did-reshape = { $count ->
    [one] reshape point
   *[other] reshape { $count } points
}
did-delete-points = { $count ->
    [one] delete point
   *[other] delete { $count } points
}
did-cut-points = { $count ->
    [one] cut point
   *[other] cut { $count } points
}
did-add-ramp = add ramp
did-add-pulse = add pulse
did-add-wave = add wave
did-add-inflate = add inflate and deflate cycle
did-add-trigger-hold = add trigger-point hold
did-add-track = add track { $channel }
did-delete-track = delete track { $channel }
did-split-track = split { $mode } into left and right
did-join-tracks = join { $mode } left and right
did-add-point = add point
did-set-time = set time of point
did-scale = scale
did-raise = raise or lower
did-invert = invert
did-set-to-levels = set to levels
did-simplify = simplify
did-fade-in = fade in
did-fade-out = fade out
did-repeat-part = repeat part
did-record = record by hand
did-draw = draw
did-import-curve = import curve
did-paste = paste
did-flatten-top = flatten the top
did-gentle-rises = make rises gentle
did-end-softly = end softly
did-insert-time = insert time
did-remove-time = remove time
did-change-length = change length
did-add-step = add step
did-edit-step = edit step
did-move-step = move step
did-resize-step = resize step
did-delete-steps = { $count ->
    [one] delete step
   *[other] delete { $count } steps
}
did-rename = rename
did-edit-description = edit description
did-edit-author = edit author
did-edit-need = change what it is for

check-rises-gently = Rises gently
check-starts-gently = Starts gently
check-nothing-moves = Nothing moves
check-peak = Peak { $intensity }
check-above = { $time } above { $intensity }
check-rises = Rises { $percent } % a second
check-jumps = Jumps up by { $by }
check-long = { $length } long
check-starts-at = Starts at { $intensity }
check-ends-at-rest = Ends at rest
check-ends-at = Ends at { $intensity }
check-detail-nowhere-more = Nowhere more than { $limit } a second
check-detail-at-most-at-start = At most { $most } at 0:00
check-detail-no-point-yet = There is no point yet
check-detail-place = { $channel } at { $at }
check-detail-place-and-ceiling = { $channel } at { $at }. At most: { $ceiling }
check-detail-advice-time = { $channel }. Advice: { $advice }
check-detail-rise-at = { $more ->
    [0] { $channel } at { $at }. Limit: { $limit } a second
   *[other] { $channel } at { $at } and { $more } more. Limit: { $limit } a second
}
check-detail-session-lasts = A session lasts { $most } at most
check-detail-advice-at-most = { $channel }. Advice: at most { $most }
check-detail-all-at-rest = Everything is at 0 % at { $at }
check-detail-advice-rest = { $channel }. Advice: 0 %
