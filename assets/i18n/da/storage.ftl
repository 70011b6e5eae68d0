### Det, der går galt med filer.

files-error-no-home = Computeren siger ikke, hvor dine filer hører til. Sæt HOME til din hjemmemappe, og start igen.
files-error-read = { $path } kunne ikke læses: { $why }. Se efter, om den er der, og om du må læse den.
files-error-unfit = { $path } kan ikke læses: { $why }.
files-error-save = { $path } kunne ikke gemmes: { $why }. Se efter, om der er plads, og om du må skrive der.
files-error-remove = { $path } kunne ikke fjernes: { $why }. Du kan selv slette den.
files-error-too-large = Profilen er større end 8 MiB nu. Før den har færre punkter, kan den hverken gemmes eller sikres mod et nedbrud; det, der var sikret før, bliver, som det er.
files-error-newer = { $path } er skrevet af et nyere Svang (version { $found }; dette læser version { $known }). Den er ikke ændret; indtil du opdaterer Svang, kører det uden den.
files-error-unreadable = { $path }:{ $problem }. Den er ikke ændret; indtil den er rettet eller fjernet, kører Svang uden den.
files-error-set-aside = { $path }:{ $problem }. Den er gemt som { $aside }; massagetiden tælles forfra herfra.
files-error-busy = { $path } bliver ændret af et andet Svang. Det, du ændrede, gælder her og gemmes ved næste ændring.
files-error-faulty = { $path } kan ikke bruges endnu: { $problems }
files-error-unknown = Der er ikke længere noget, der hedder “{ $id }”. Måske er det flyttet eller slettet.
files-error-built-in = “{ $id }” er indbygget og bliver, som den er. Duplikér den, og ret kopien.
files-error-trash = { $path } kunne ikke lægges i papirkurven: { $why }. Du kan selv slette den.
files-error-watch = Ændringer i { $path } bliver ikke bemærket: { $why }. Start Svang igen, når du har ændret filer der.
files-error-broke-off = Arbejdet med dine filer blev afbrudt. Prøv igen; loggen siger mere.
system-not-found = den er der ikke
system-not-allowed = det må du ikke
system-full = disken er fuld
system-read-only = der kan ikke skrives der
system-name-too-long = navnet er for langt
system-ours = { $why }
system-other = { $text }

unreadable-too-large = den er større end 8 MiB. Del den først
unreadable-utf16 = det er UTF-16-tekst; gem filen som UTF-8
unreadable-not-utf8 = linje { $line } er ikke UTF-8-tekst; gem filen som UTF-8
unreadable-folder = det er en mappe; vælg en fil i den
unreadable-no-file = det er et rør, en sokkel eller en enhed; vælg en fil
shelf-not-read = Filen kunne ikke læses: { $why }.
unreadable-circle = linket fører i ring
