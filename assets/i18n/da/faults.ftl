### Det, der er galt i filer, som nogen selv skriver: det, alle filer har til fælles.

problem-placed = { $line }:{ $column }: { $what }
problems-all = { $problems }
problems-and-more = { $problems }; …
names-all = { $names }
names-and-more = { $names } og { $more } til

syntax-too-large = filen fylder { $size } MiB: den må højst fylde 8 MiB
syntax-too-deep = her er for mange parenteser inden i hinanden: det har ingen del af filen brug for
syntax-empty = filen er tom: begynd med `{ $begins }(version: 1,`
syntax-begins = begynd med `{ $begins }(version: 1,`
syntax-no-version = versionen mangler: skriv `version: 1,` som det første felt
syntax-newer-version = filen har version { $version }, som er nyere, end denne Svang kan læse: opdater Svang for at åbne den
syntax-odd-version = { $here } er ikke en version: skriv `version: { $newest },`
syntax-curved-quotes = det er runde anførselstegn: skriv lige, "…"
syntax-other-kind = { $here } kan ikke stå her: skriv { $expected }
syntax-escape = en omvendt skråstreg i anførselstegn begynder et særligt tegn: skriv \\ for selve stregen
syntax-no-colon = der mangler et kolon før { $here }: skriv et navn, et kolon og en værdi
syntax-no-colon-before-bracket = der mangler et kolon før “(”: navne er ét ord, for eksempel RollerLeft
syntax-no-field = “{ $here }” er ikke et felt: skriv et af { $known }
syntax-no-field-of = “{ $here }” er ikke et felt i { $outer }: skriv et af { $known }
syntax-no-word = “{ $here }” kendes ikke her: skriv et af { $known }
syntax-field-missing = “{ $field }” mangler: tilføj `{ $field }: …,`
syntax-field-missing-in = “{ $field }” mangler i { $outer }: tilføj `{ $field }: …,`
syntax-twice = “{ $field }” står her for anden gang: behold den ene
syntax-other-name = “{ $here }” står, hvor { $expected } hører til: skriv `{ $expected }(`
syntax-no-opening-of = der mangler “(” før { $here }: skriv `{ $name }(`
syntax-missing = der mangler “{ $what }” før { $before }
syntax-no-list = { $here } står, hvor en liste hører til: skriv “[” før det første i den
syntax-no-brace = { $here } står, hvor “{"{"}” hører til
syntax-no-text = { $here } står, hvor en tekst i anførselstegn hører til: sæt anførselstegn om
syntax-no-number = { $here } står, hvor et tal hører til: skriv kun cifre, uden anførselstegn
syntax-out-of-range = { $here } er uden for det mulige
syntax-comma-too-many = et komma for meget: fjern det
syntax-no-word-before-bracket = der mangler et ord før “(”
syntax-name-in-quotes = { $here } står, hvor et navn hører til: skriv det uden anførselstegn
syntax-no-name = { $here } står, hvor et navn hører til
syntax-no-value = der mangler en værdi før { $before }
syntax-after-the-end = { $here } kommer efter slutningen: filen ender med sin sidste parentes
syntax-ends-too-early = filen holder op for tidligt: slutningen mangler
syntax-other = det kan ikke læses: { $why }
syntax-no-comma = her mangler et komma
syntax-no-comma-after = der mangler et komma efter { $here }
syntax-long-text = teksten går over flere linjer: mangler det sidste anførselstegn?
syntax-no-whole-number = { $here } er ikke et helt tal: skriv kun cifre
syntax-percent-sign = udelad “%”: styrker er i procent, som de står
syntax-decimal-comma = en værdi for meget: decimaler skrives med punktum, for eksempel 12.5, og der følger intet efter
syntax-other-bracket = “{ $here }” står, hvor “{ $expected }” hører til: “{ $opened }” fra linje { $line } er stadig åben
syntax-closes-nothing = “{ $here }” lukker ikke noget: fjern den
syntax-open-comment = kommentaren slutter aldrig: luk den med */
syntax-open-text = teksten slutter aldrig: luk den med et anførselstegn
syntax-file-open = filen ender her, og “{ $opened }” fra linje { $line } er stadig åben: luk den
syntax-never-closed = “{ $opened }” bliver aldrig lukket

syntax-piece-word = { $text }
syntax-piece-end = filens slutning
syntax-piece-this = dette

expected-whole-number = et helt tal
expected-number = et tal
expected-text = en tekst i anførselstegn
expected-yes-or-no = true eller false
expected-list = en liste i “[” og “]”
expected-map = navne med værdier i “{"{"}” og “{"}"}”
expected-said = { $what }
expected-other = { $what }
expected-time-time = en tid i anførselstegn, for eksempel "2:30"
time-otherwise-written = “{ $text }” er ikke en tid: skriv minutter, kolon og sekunder med to cifre, for eksempel "2:30" eller "2:30.250"
no-intensity-out-of-range = { $given } er ikke en styrke: skriv et tal fra 0 til 100
no-intensity-too-fine = { $given } er for nøjagtigt: en styrke har højst én decimal
session-unfit-pain = smerten er { $given }: skriv et tal fra 0 til { $most }
rating-unfit-stars = der står { $given } stjerner: skriv et tal fra 0 til { $most }
settings-unfit-session = session er { $given }: skriv en tid fra 1:00 til 20:00
settings-unfit-rise = rise_per_second er 0: intet ville nogensinde starte; skriv et tal fra 1 til 100
settings-unfit-soft-start = soft_start er { $given }: skriv en tid op til 1:00
settings-unfit-strength = strength er { $given }: skriv et tal fra 10 til 100

### Det, der er galt i en fil, som skal importeres.

import-fault-no-funscript = det er ikke et funscript ({ $why }): det er JSON med en liste “actions” af “at” og “pos”
import-fault-no-actions = dette funscript har ingen handlinger: der er intet at importere
import-fault-long-funscript = dette funscript varer mere end fire timer: del det først
import-fault-all-before = dette funscript har ingen handling efter starten: der er intet at importere
import-fault-no-table = det er ikke en tabel over punkter: dens første linje er “{ $head }”
import-fault-point-twice = to punkter for { $track } ved { $at }, det første på linje { $line }: ét punkt ad gangen
import-fault-no-points = tabellen har ingen punkter: der er intet at importere
import-fault-no-track = “{ $name }” er ikke et spor: skriv et af { $known }
import-fault-no-time = { $why }
import-fault-too-late = { $time } er for sent: en profil varer højst fire timer
import-fault-no-intensity = “{ $given }” er ikke en styrke: skriv et tal fra 0 til 100
import-fault-no-shape = “{ $name }” er ikke en form: skriv Hold, Straight, Smooth eller Bend med et tal fra −100 til 100
import-note-before = { $count ->
    [one] { $count } handling før starten blev udeladt
   *[other] { $count } handlinger før starten blev udeladt
}
import-note-outside = { $count ->
    [one] { $count } handling uden for 0 til 100 blev bragt indenfor
   *[other] { $count } handlinger uden for 0 til 100 blev bragt indenfor
}
import-note-out-of-order = { $count ->
    [one] { $count } handling i forkert rækkefølge blev sorteret
   *[other] { $count } handlinger i forkert rækkefølge blev sorteret
}
import-note-same-time = { $count ->
    [one] { $count } handling på samme tid som en anden blev udeladt
   *[other] { $count } handlinger på samme tid som en anden blev udeladt
}

check-no-kind = begynd med `Profile(version: 1,` for en profil eller `DeviceMap(version: 1,` for et kort
import-note-longer = Profilen er { $length } lang nu
