### What every part of Svang says.

language-name = English

percent = { $number } %
percent-exact = { $number } %
decimal-sign = .
list-comma = { $all }, { $next }
list-end = { $all } and { $last }
list-series = { $all }; { $next }
day = { $day } { $month }
clock = { $hour }:{ $minute }
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
save = Save
cancel = Cancel
delete = Delete
not-now = Not now
connected = Connected
out-of-reach = Out of reach
more = More
less = Less
minutes = { $minutes } min

## The window

svang = Svang
profiles = Profiles
massager = Massager
settings = Settings
now-playing = Now playing
esc = Esc
title = { $name } · Svang
stopping = Stopping …
stopping-text = Svang waits until the massager confirms that it has stopped. Then the window closes.
stopping-unconfirmed = It has not confirmed so far, and Svang goes on trying for up to 30 s. If it still moves, press the power button on the massager.
not-confirmed = The massager did not confirm that it stopped
not-confirmed-text = Press the power button on the massager, then close the window.
close-window = Close the window
desktop-no-file-manager = No file manager could be opened. The folder is { $folder }
modes-and-programs = { $programs ->
    [0] { $modes }
    [one] { $modes }; 1 program
   *[other] { $modes }; { $programs } programs
}
try-again = Try again
copy = Copy
copied = Copied
desktop-no-file-dialog = No dialog for files could be shown. Install xdg-desktop-portal or zenity; or drop the file onto this window, or use the folder of profiles (Settings shows it).
