### What the engine tells.

engine-failed-inside = Svang has failed inside and told the massager to stop. If it still moves, press the power button on the massager. Then start Svang again.
engine-not-confirmed = The massager has not confirmed that it stopped. Press the power button on the massager.
engine-not-confirmed-of = { $name }: The massager has not confirmed that it stopped. Press the power button on the massager.
engine-not-started-unconfirmed = Not started. The massager has not confirmed that it stopped. Press the power button on the massager.
engine-not-confirmed-off = The massager does not confirm that everything is off.
engine-cannot-be-told = The massager is out of reach and cannot be told to stop before it is back. If it still moves, press its power button.
engine-no-answer = The massager does not answer. Svang connects to it anew to stop it; if it moves, press the power button on the massager.
engine-aside-out-of-reach-moving = { $name } is out of reach. The massager has not confirmed that it stopped. Press the power button on the massager.
engine-aside-out-of-reach = { $name } is out of reach.
engine-goes-to-sleep = Paused: the computer goes to sleep. Press Resume to go on.
engine-lost-time = Paused: the computer slept or was too busy to keep time. Press Resume to go on.
engine-session-over = Stopped: this session has had its { $minutes } minutes. Give your feet a rest before the next.
engine-out-of-reach = The massager is out of reach. Bring it near, or turn it on again.
engine-not-connected = No massager is connected. Connect one first.
engine-day-is-full = Not started: your feet have had { $massaged } of { $limit } minutes of massage today. Nothing starts before you allow more.
engine-day-over-paused = Paused: your feet have had { $massaged } of { $limit } minutes of massage today. Give them a rest until tomorrow.
engine-day-over-stopped = Stopped: your feet have had { $massaged } of { $limit } minutes of massage today. Give them a rest until tomorrow.
engine-nothing-fits = This massager has none of the modes that “{ $profile }” needs.
engine-program-not-tried = A program chooses its own strength. Try this massager at low strength first, then its programs.
engine-program-unwatched = A program chooses its own strength, and nobody would stop the massager should Svang itself fail. Profiles play at 30 % or less.
engine-not-by-hand-now = Modes can be set by hand while nothing else plays. Stop first.
engine-changed-at-massager = Changed at the massager: { $channel }.
engine-paused-at-massager = Paused: { $channel } was turned off at the massager. Press Resume to go on.
engine-off-at-massager = Turned off at the massager: { $channel }.
engine-program-ended = The massager has ended “{ $program }”.
engine-wrong-map = Disconnected: the massager does not take the first frames of its device map{ $cause }. The map may be for another model.
engine-disobeys-paused = Paused: the massager does not do what it is told{ $cause }. Bring it near, then try again.
engine-disobeys-stopped = Stopped: the massager does not do what it is told{ $cause }. Bring it near, then try again.
engine-cause = {" "}({ $cause })
engine-watchdog-ended = Stopped: the second process that watches over the massager has ended, and a program chooses its own strength. Start it again once the massager's page says that it is watched.
engine-ends-at-once = The massager ends the connection as soon as it is written to. It may refuse to pair: put it into pairing mode, or forget it in the system's settings, and try again.
engine-lost-paused = Paused: the massager is out of reach. Nothing will move until you press Resume.
engine-lost-paused-moving = Paused: the massager is out of reach. Nothing will move until you press Resume. If it still moves, press its power button.
engine-lost = The massager is out of reach. Svang keeps looking for it.
engine-lost-moving = The massager is out of reach. Svang keeps looking for it. If it still moves, press its power button.
engine-back-paused = The massager is back. Press Resume to go on.
engine-back = The massager is back.
engine-too-slow = Not started: the massager took too long to be ready. Start again if you like.
engine-several-fit = Several products look like this one. Confirm the device map first.
engine-not-recognised = This massager is not recognised. Choose a device map for it.
engine-no-map = There is no device map “{ $map }”. Choose another one.
engine-no-simulated-map = The device map of the simulated massager is gone.
engine-map-gone = Its device map is gone. Choose another one.

engine-doing-connecting = Connecting
engine-doing-pairing = Pairing
engine-doing-looking-at-services = Looking at its services

waits-busy = The massager is busy with itself; it takes no orders until it is done.
waits-switched-over-only = Nothing is sent for { $channel }: it can only be switched over, and the massager has not said whether it is on.

sign-name = name fits “{ $pattern }”
sign-before = known from before
sign-service = service { $service }
sign-manufacturer = manufacturer data { $company }

left-alone-stops-after = it stops by itself after { $after }
left-alone-own-timer = its own timer stops it after { $after }
left-alone-nothing-known = it may not stop by itself: stay beside it
span-milliseconds = { $count } ms
span-seconds = { $count } s
span-minutes = { $count } min

in-use-by-window = This massager is in use by the Svang window (process { $process }). End the massage there first.
in-use-by-command = This massager is in use by { $command } (process { $process }). End the massage there first.
in-use-by-another = This massager is in use by another Svang. End the massage there first.

massager-cannot-no-program = “{ $map }” has no program “{ $program }”. It has: { $known }.
massager-cannot-no-timer = “{ $map }” has no timer that Svang can set.
watchdog-not-started = a second process could not be started ({ $why })
watchdog-no-way = a second process does not reach the massager ({ $why })
watchdog-timed-out = a second process did not answer in time
watchdog-died = a second process ended at once
engine-program-off = The massager's own programs choose modes and strength themselves: they stay off for now.
engine-red-flag = Not today: you said that a warning sign holds. Change your answers in Settings once it is over.
engine-off-by-answers = { $channel } stays off: your answers to the health questions.
engine-all-off-by-answers = Everything that “{ $profile }” uses stays off: your answers to the health questions.
