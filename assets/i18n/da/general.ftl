### Det, som hele Svang siger.

language-name = Dansk

percent = { $number } %
decimal-sign = ,
list-comma = { $all }, { $next }
list-end = { $all } og { $last }
day = { $day }. { $month }
date = { $day } { $year }
month-january = januar
month-february = februar
month-march = marts
month-april = april
month-may = maj
month-june = juni
month-july = juli
month-august = august
month-september = september
month-october = oktober
month-november = november
month-december = december

mode-roller = Rulle
mode-vibration = Vibration
mode-air-pressure = Lufttryk
mode-heat = Varme
channel-left = { $mode }, venstre
channel-right = { $mode }, højre

## Ord, som flere sider bruger

play = Afspil
pause = Pause
resume = Fortsæt
stop = Stop
undo = Fortryd
redo = Gentag
close = Luk
back = Tilbage
save = Gem
keep = Behold
cancel = Annullér
delete = Slet
not-now = Ikke nu
try-again = Prøv igen
connected = Forbundet
out-of-reach = Uden for rækkevidde
more = Mere
less = Mindre
minutes = { $minutes } min
seconds = { $seconds } s
