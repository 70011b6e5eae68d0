### The page of the massager, and its questions.

massager-search = Search
massager-pause-search = Pause search
massager-starting = Asking for Bluetooth …
massager-bluetooth-on = Bluetooth is on
massager-no-bluetooth = Bluetooth cannot be used yet
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
massager-programs = Its own programs
massager-programs-note = Run inside the massager. Stop works as always.
massager-by-itself = Connect by itself
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
massager-rising = rising, { $level } of { $goal }
massager-weakened = { $level } at { $strength } strength
massager-unwatched = not running, so Svang stays at 30 %. ({ $why })
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
massager-left-alone = { $what }
massager-firmware-text = “{ $map }” sends its orders to a characteristic that is { $places } on other massagers. With a wrong map, that could damage the massager. Connect only if you trust where this map comes from. You are asked once for this map.
massager-by-itself-title = Connect to { $massager } by itself next time?
massager-by-itself-text = Then Svang connects as soon as it is near. Nothing moves before you press Play. You can change this on its page.
massager-by-itself-yes = Connect by itself
massager-by-itself-means = when it is near. Nothing moves before you press Play.
massager-by-hand-how = Press or drag; the wheel only scrolls. The mark is “at most”.
massager-both-feet-levels = { $count ->
    [1] both feet, on or off
   *[other] both feet, { $count } levels
}
massager-part-feet = Take the feet apart: { $mode }
massager-join-feet = Join the feet: { $mode }
massager-next = Ready: { $profile }
massager-next-about = { $time } · { $drawn }, at { $strength }
massager-next-about-by-hand = { $time } · by hand only
massager-next-none = Nothing fits yet. Draw one.
massager-next-draw = Draw one
massager-nets = If this computer fails
massager-nets-by-itself = Stops by itself after { $seconds } s
massager-nets-stay = Not by itself: stay beside it
massager-nets-open = Show what stops it
massager-nets-close = Hide what stops it
massager-net-engine = Svang’s engine
massager-net-engine-text = stops it when something goes wrong inside
massager-net-watchdog = The watchdog, a second program
massager-net-watchdog-text = stops it if Svang hangs or is killed
massager-net-watchdog-starting = is being started
massager-net-itself = The massager itself
massager-details-of = Details of { $name }
massager-detail = { $what }: { $said }
massager-detail-address = Address
massager-detail-signal = Signal
massager-detail-services = Services
massager-detail-maker = Maker’s data
massager-detail-none = none
no-bluetooth-silent = Bluetooth is not running
no-bluetooth-silent-remedy = One command starts it on this computer. It asks for your password.
no-bluetooth-silent-elsewhere = Start the Bluetooth service in the system’s settings.
no-bluetooth-adapter = This computer has no Bluetooth
no-bluetooth-adapter-remedy = Plug in a Bluetooth adapter. Svang notices it by itself.
no-bluetooth-off = Bluetooth is switched off
no-bluetooth-off-remedy = Switch it on here, with the computer’s own key, or in the system’s settings.
no-bluetooth-switch-on = Switch it on
no-bluetooth-permission = Svang may not use Bluetooth yet
no-bluetooth-permission-remedy = One command lets you use it. It asks for your password; then log out and in again.
no-bluetooth-permission-elsewhere = Allow it in the system’s settings, under Privacy and Bluetooth.
no-bluetooth-looks = Svang also looks by itself, every 5 s.
no-bluetooth-still = Still the same. Svang also looks by itself, every 5 s.
no-bluetooth-meanwhile = Meanwhile, without Bluetooth
no-bluetooth-by-hand = Work with your hands
no-bluetooth-by-hand-text = Profiles that need a ball, a towel and your thumbs.
no-bluetooth-show-profiles = Show them
massager-left-foot-levels = { $count ->
    [1] left foot, on or off
   *[other] left foot, { $count } levels
}
massager-right-foot-levels = { $count ->
    [1] right foot, on or off
   *[other] right foot, { $count } levels
}
