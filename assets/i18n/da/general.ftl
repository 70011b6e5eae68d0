### Det, som hele Svang siger.

language-name = Dansk

percent = { $number } %
percent-exact = { $number } %
decimal-sign = ,
list-comma = { $all }, { $next }
list-end = { $all } og { $last }
list-series = { $all }; { $next }
day = { $day }. { $month }
clock = { $hour }.{ $minute }
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
save = Gem
cancel = Annullér
delete = Slet
not-now = Ikke nu
connected = Forbundet
out-of-reach = Uden for rækkevidde
more = Mere
less = Mindre
minutes = { $minutes } min

## Vinduet

svang = Svang
profiles = Profiler
massager = Massager
settings = Indstillinger
now-playing = Spiller nu
esc = Esc
title = { $name } · Svang
stopping = Stopper …
stopping-text = Svang venter, til massageren bekræfter, at den er stoppet. Så lukker vinduet.
stopping-unconfirmed = Den har ikke bekræftet endnu, og Svang bliver ved i op til 30 s. Bevæger den sig stadig, så tryk på massagerens tændknap.
not-confirmed = Massageren bekræftede ikke, at den stoppede
not-confirmed-text = Tryk på massagerens tændknap, og luk så vinduet.
close-window = Luk vinduet
desktop-no-file-manager = Der kunne ikke åbnes en filhåndtering. Mappen er { $folder }
modes-and-programs = { $programs ->
    [0] { $modes }
    [one] { $modes }; 1 program
   *[other] { $modes }; { $programs } programmer
}
try-again = Prøv igen
copy = Kopiér
copied = Kopieret
desktop-no-file-dialog = Der kunne ikke vises et vindue til at vælge filer. Installér xdg-desktop-portal eller zenity; eller træk filen ind på vinduet, eller brug mappen med profiler (Indstillinger viser den).
