### The page of the massager, and its questions.

massager-search = Search
massager-pause-search = Pause search
massager-starting = Asking for Bluetooth …
massager-bluetooth-on = Bluetooth is on
massager-no-bluetooth = Bluetooth cannot be used yet
massager-without-bluetooth = Until then you can try everything on the simulated massager.
massager-not-searching = Not searching
massager-adapter = Adapter
massager-connect = Connect
massager-disconnect = Disconnect
massager-forget = Forget
massager-show = Show
massager-hide = Hide
massager-not-on-the-list = Not on the list? Turn the massager on and close its phone app.
massager-not-recognised = Not recognised. If this is your massager, choose a map that may fit.
massager-simulated-name = Simulated massager
massager-simulated = Built in, no Bluetooth needed. Plays everything, moves nothing.
massager-known = Connected before.
massager-choose-map = Choose map
massager-nothing-found = Nothing found yet. Turn the massager on and bring it near.
massager-aside = Connected, and not in use.
massager-use = Use
massager-bond-lost = It has forgotten this computer. Pair it again.
massager-pair-again = Pair again
massager-paired = Paired
massager-not-paired = Not paired
massager-by-hand = By hand
massager-by-hand-rests = Stop what plays to set levels by hand.
massager-off = Off
massager-confirmed = confirmed
massager-sending = sending …
massager-by-program = chosen by the program
massager-runs = Runs now
massager-watched = If Svang itself fails, a second process stops the massager.
massager-programs = Its own programs
massager-programs-note = Run inside the massager. Stop works as always.
massager-by-itself = Connect by itself when it is near
massager-first-time = First time with this map: 30 % at most
massager-first-time-text = Try each mode below, gently. If the right thing moves and Stop stops it, say so.
massager-felt-right = It felt right
massager-none = No massager connected
massager-none-text = Choose yours on the left. Svang remembers it, and shows here what it can do, its battery and its levels.
massager-try-simulated = Try the simulated massager
massager-lost-text = Svang looks for it. Nothing will move until you press Resume.
massager-confirm-text = Its signs are shared by different products. Choose the map of yours: Svang writes nothing before you do, and stays at 30 % until you say that it felt right.
massager-confirm-unknown = No map fits what it says of itself. If you know that it speaks like one of these, choose it: if the map does not fit, Svang says so and writes nothing.
massager-choose-first = Choose a map first.
massager-confirm = Connect with this map
massager-forget-text = The connection ends, the pairing is removed, and the next time you connect and try it like a new one.
massager-pairing = Pairing
massager-same-number = Does the massager show the same number?
massager-type-there = Type this number on the massager.
massager-type-here = Which number does the massager show?
massager-same = Yes, the same
massager-not-same = No
massager-pair = Pair
massager-offers-keyboard = It also offers to be a keyboard
massager-offers-keyboard-text = What you are about to pair also offers to be a keyboard or a mouse. Once paired, it could type and click on this computer. A massager has no need of that.
massager-do-not-pair = Do not pair
massager-pair-all-the-same = Pair all the same
massager-six-digits = Six digits
massager-firmware = This map writes to a place for firmware
massager-do-not-connect = Do not connect
massager-connect-all-the-same = Connect all the same
massager-searching = Searching, { $seconds } s
massager-near = { $count ->
    [one] 1 device near you
   *[other] { $count } devices near you
}
massager-others = { $count ->
    [one] 1 other device, not recognised
   *[other] { $count } other devices, not recognised
}
massager-levels = { $count ->
    [1] on or off
   *[other] { $count } levels
}
massager-level = Level { $level }
massager-rising = rising, now { $level }
massager-weakened = { $level } at { $strength } strength
massager-unwatched = If Svang itself fails, nobody stops the massager: it stays at 30 %. ({ $why })
massager-stops-in = Stops by itself in { $left }
massager-doing = { $doing } …
massager-doing-again = { $doing }, try { $attempt } …
massager-for-seconds = { $doing } { $seconds } s
massager-known-because = Connected before. { $why }
massager-connected-because = Connected. { $why }
massager-connected-now = Connected.
massager-connected-with = Connected, { $signal }
massager-map = Map { $name }
massager-play = Play { $program }
massager-verified = Verified
massager-reported = Reported
massager-untested = Untested
massager-verified-means = Its makers, or several owners, saw every part of this map work.
massager-reported-means = Somebody reported that this map works.
massager-untested-means = Made from documents. Start at low strength.
massager-signal-strong = strong
massager-signal-good = good
massager-signal-weak = weak
massager-signal-very-weak = very weak
massager-confirm-title = What is “{ $name }”?
massager-forget-title = Forget { $name }?
massager-left-alone = If this computer fails: { $what }.
massager-firmware-text = “{ $map }” sends its orders to a characteristic that is { $places } on other massagers. With a wrong map, that could damage the massager. Connect only if you trust where this map comes from. You are asked once for this map.
massager-by-itself-title = Connect to { $massager } by itself next time?
massager-by-itself-text = Then Svang connects as soon as it is near. Nothing moves before you press Play. You can change this on its page.
massager-by-itself-yes = Connect by itself
