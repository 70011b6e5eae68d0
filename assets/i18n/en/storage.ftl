### What goes wrong with files.

files-error-no-home = This computer does not say where your files belong. Set HOME to your home folder and start again.
files-error-read = { $path } could not be read: { $why }. Check that it is there and that you may read it.
files-error-unfit = { $path } cannot be read: { $why }.
files-error-save = { $path } could not be saved: { $why }. Check the free space and that you may write there.
files-error-remove = { $path } could not be removed: { $why }. You can delete it yourself.
files-error-too-large = The profile is larger than 8 MiB now. Until it has fewer points it can neither be saved nor kept over a crash; what was kept of it before stays as it is.
files-error-newer = { $path } was written by a newer Svang (version { $found }; this one reads version { $known }). It has not been changed; until you update Svang, this run goes without it.
files-error-unreadable = { $path }:{ $problem }. It has not been changed; until it is mended or removed, this run goes without it.
files-error-set-aside = { $path }:{ $problem }. It is kept as { $aside }; massage time is counted anew from here on.
files-error-busy = { $path } is being changed by another Svang. What you changed holds here, and is saved with the next change.
files-error-faulty = { $path } cannot be used yet: { $problems }
files-error-unknown = There is no “{ $id }” any more. It may have been moved or deleted.
files-error-built-in = “{ $id }” is built in and stays as it is. Duplicate it, then change the copy.
files-error-trash = { $path } could not be put into the trash: { $why }. You can delete it yourself.
files-error-watch = Changes in { $path } will not be noticed: { $why }. Start Svang again after changing files there.
files-error-broke-off = Work on your files broke off. Try again; the log says more.
system-not-found = it is not there
system-not-allowed = you may not
system-full = the disk is full
system-read-only = nothing can be written there
system-name-too-long = the name is too long
system-ours = { $why }
system-other = { $text }

unreadable-too-large = it is larger than 8 MiB. Cut it into parts first
unreadable-utf16 = it is UTF-16 text; save the file as UTF-8
unreadable-not-utf8 = line { $line } is not UTF-8 text; save the file as UTF-8
unreadable-folder = it is a folder; choose a file in it
unreadable-no-file = it is a pipe, a socket or a device; choose a file
shelf-not-read = The file could not be read: { $why }.
unreadable-circle = the link leads in a circle
