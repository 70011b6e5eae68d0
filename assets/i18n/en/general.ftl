### What every part of Svang says.

language-name = English

percent = { $number } %
decimal-sign = .
list-comma = { $all }, { $next }
list-end = { $all } and { $last }
day = { $day } { $month }
date = { $day } { $year }
month-january = January
month-february = February
month-march = March
month-april = April
month-may = May
month-june = June
month-july = July
month-august = August
month-september = September
month-october = October
month-november = November
month-december = December

mode-roller = Roller
mode-vibration = Vibration
mode-air-pressure = Air pressure
mode-heat = Heat
channel-left = { $mode }, left
channel-right = { $mode }, right

## Words of many screens

play = Play
pause = Pause
resume = Resume
stop = Stop
undo = Undo
redo = Redo
close = Close
back = Back
save = Save
keep = Keep
cancel = Cancel
delete = Delete
not-now = Not now
try-again = Try again
connected = Connected
out-of-reach = Out of reach
more = More
less = Less
minutes = { $minutes } min
seconds = { $seconds } s
