### Redigering: spor, punkter, øvelser, udklipsholder, import og eksport, gemt arbejde.

editor-edit = Rediger
editor-edit-copy = Rediger en kopi
editor-new = Ny profil
editor-new-name = Min massage
editor-name = Profilens navn
editor-not-saved = Ikke gemt
editor-nothing-to-save = Alt er gemt.
editor-nothing-to-undo = Der er intet at fortryde.
editor-nothing-to-redo = Der er intet at gentage.
editor-select = Vælg
editor-add = Tilføj punkt
editor-draw = Tegn
editor-erase = Visk ud
editor-snap = Fang 5 s, 5 %
editor-snap-short = Fang
editor-zoom-in = Zoom ind
editor-zoom-out = Zoom ud
editor-fit = Vis alt
editor-time = Tid
editor-steps = Øvelser
editor-whole = Hele profilen
editor-details = Detaljer
editor-point = Punkt
editor-pages = Hvad der skal ændres
editor-table = Tabel
editor-profile = Profil
editor-intensity = Intensitet i procent
editor-shape = Form frem til punktet
editor-bent = Bøjet
editor-points = Alle punkter i sporet
editor-none-chosen = Vælg et punkt for at se dets nøjagtige værdier. Dobbeltklik i et spor for at tilføje et.
editor-empty-lane = Dobbeltklik for at tilføje et punkt, eller tag blyanten og tegn.
editor-no-points = Ingen punkter endnu.
editor-add-at-playhead = Tilføj et punkt ved markøren
editor-lanes = Spor
editor-length = Længde
editor-safety = Sikkerhedstjek
editor-all-good = Alt i orden
editor-fix = Ret
editor-limits-from = Grænserne kommer fra Indstillinger. Du kan altid gemme; ved afspilning holdes hver grænse.
editor-step = Øvelse
editor-step-text = Hvad der skal gøres
editor-add-step = Tilføj øvelse
editor-new-step = Rul langsomt
editor-above = 80 %
editor-saved = Gemt.
editor-time-form = Skriv minutter, kolon og to cifre, for eksempel 4:10.
editor-percent-form = Skriv et tal fra 0 til 100.
editor-leave = Gem dine ændringer først?
editor-keep-editing = Bliv ved med at redigere
editor-discard = Kassér
editor-changed = Filen er ændret imens
editor-changed-text = En anden har ændret profilen på disken, mens du redigerede den. Gem din ved siden af, eller lad den træde i stedet: Så bliver den anden udgave liggende ved siden af som kopi (.bak).
editor-save-beside = Gem ved siden af
editor-take-place = Lad den træde i stedet
editor-choose-a-stretch = Vælg punkter med mindst to sekunder imellem: Det, der ligger mellem dem, gentages.
editor-fold = Fold sporet sammen
editor-record = Optag
editor-close-recording = Luk optagelsen
editor-level = Intensitet
editor-finish = Afslut
editor-recording = Optager: Flyt skyderen, eller tryk på pilene. Esc kasserer optagelsen; spiller massageren med, stopper Esc den og beholder optagelsen.
editor-record-with-massager = Optag og mærk det
editor-no-massager = Forbind først en massager.
editor-how-to-record = Flyt skyderen, mens tiden går: Det bliver kurven i stedet for det, der var. Langsomt og roligt går bedst; små rystelser glattes ud.
editor-zoom-to-chosen = Zoom til dem
clip-copy = Kopiér
clip-cut = Klip
clip-paste = Indsæt
clip-paste-and-push = Indsæt og skub
clip-paste-tip = Ved markøren, i stedet for det, der er der (Ctrl+V)
clip-push-tip = Ved markøren; det, der kommer efter, rykker senere i alle spor (Ctrl+Shift+V)
clip-nothing-to-copy = Vælg først nogle punkter, og kopiér dem så.
clip-no-steps = Øvelser kan ikke kopieres. Vælg nogle punkter.
clip-empty = Udklipsholderen er tom. Kopiér først nogle punkter.
exchange-heading = Import og eksport
exchange-table = Alle punkter som tabel (CSV)
exchange-picture = Et billede
exchange-import = Importér
exchange-export = Eksportér
exchange-svg = SVG
exchange-svg-tip = Skarpt i enhver størrelse, til tryk og web
exchange-png = PNG
exchange-png-tip = Til mail og chat
exchange-light = Lyst
exchange-dark = Mørkt
exchange-no-lane = Der er intet spor at importere til. Tilføj først et.
exchange-empty-lane = Sporet har ingen punkter endnu.
exchange-empty = Der er ingen punkter endnu.
exchange-no-lane-label = Et spor som script (funscript)
recovery-open = Åbn dem
recovery-later = Gem til senere
recovery-later-tip = Svang spørger igen, næste gang det starter
recovery-delete = Slet dem
recovery-delete-copy = Slet den
recovery-hurt = Gemte ændringer kan ikke læses
recovery-conflict = Selve filen er ændret af en anden siden da. Den bliver, som den er: Når du gemmer, spørger Svang, om din skal ligge ved siden af eller træde i stedet.
recovery-gone = Selve filen er væk, så de åbnes som en ny profil.
recovery-hurt-text = Filen er ikke ændret: Du kan rette den eller beholde den, som den er.
steps-all = Øvelser med hænderne
steps-none = Ingen øvelser endnu. En øvelse siger, hvad hænderne skal gøre et stykke tid.
steps-from = Fra
steps-to = Til
steps-no-text = siger intet endnu
editor-record-channel = Optag { $channel }
editor-record-from = Optag fra { $at }
editor-record-with = { $massager } spiller med
editor-ceiling = Højst { $ceiling }
editor-session-ends = En massage slutter ved { $at }
editor-loop-stretch = Gentag { $from } – { $to }
editor-leave-text = “{ $name }” har ændringer, der ikke er gemt.
editor-undo = Fortryd: { $label }
editor-redo-what = Gentag: { $label }
editor-try-from = Prøv fra { $at }
editor-levels = { $count } trin
editor-count = { $count ->
    [0] tomt
    [one] 1 punkt
   *[other] { $count } punkter
}
editor-left = , venstre
editor-right = , højre
editor-place = { $channel }, { $index } af { $count }
editor-chosen = { $count } punkter valgt
editor-plays-as = { $massager } spiller det som trin { $level } af { $levels }
editor-flag = { $at }, { $intensity }
editor-was = før { $at }, { $intensity }
editor-to-fix = { $count } at rette
editor-add-lane = Tilføj { $mode }
editor-remove-lane = Fjern { $channel }
editor-copy-of = { $name } (kopi)
editor-per-second = { $rise } %/s
editor-seen = { $seen } af { $length }
editor-hold = Hold
editor-straight = Lige
editor-smooth = Blød
clip-copied = { $count ->
    [one] 1 punkt kopieret.
   *[other] { $count } punkter kopieret.
}
clip-was-cut = { $count ->
    [one] 1 punkt klippet.
   *[other] { $count } punkter klippet.
}
clip-across = { $count ->
    [one] 1 punkt fra { $from } er i { $to } nu.
   *[other] { $count } punkter fra { $from } er i { $to } nu.
}
clip-longer = Profilen er { $length } lang nu.
exchange-lane = { $name } som script (funscript)
exchange-imported = { $count ->
    [one] 1 punkt fra { $name } i { $into }. Fortryd tager det tilbage.
   *[other] { $count } punkter fra { $name } i { $into }. Fortryd tager dem tilbage.
}
exchange-lanes = { $count } spor
exchange-written = { $name } er eksporteret.
exchange-fault = linje { $line }, kolonne { $column }: { $fault }.
exchange-more = { $count ->
    [one] Og en fejl til.
   *[other] Og { $count } fejl til.
}
exchange-too-many = { $count ->
    [one] { $name } har 1 punkt: mere, end en profils fil kan rumme. Del den først.
   *[other] { $name } har { $count } punkter: mere, end en profils fil kan rumme. Del den først.
}
exchange-no-picture = Billedet kunne ikke tegnes: { $why }. Eksportér som SVG i stedet.
recovery-title-no-name = Svang sluttede, mens du redigerede en profil uden navn
recovery-title = Svang sluttede, mens du redigerede “{ $name }”
recovery-kept-at = Dine ændringer fra kl. { $time } er gemt.
recovery-kept-on = Dine ændringer fra { $date }, kl. { $time } er gemt.
recovery-kept = Dine ændringer er gemt.
recovery-more = { $count ->
    [one] Ændringer i en profil til er gemt; de kommer bagefter.
   *[other] Ændringer i { $count } profiler til er gemt; de kommer bagefter.
}
recovery-not-kept = Det, du redigerer, er lige nu ikke sikret mod et nedbrud; gem det selv en gang imellem. { $why }
exchange-at-most = højst { $peak }
editor-description = Hvad den er til
editor-in-language = { $what }, { $language }
editor-author = Hvem der har lavet den
editor-author-hint = Dit navn
editor-need = Hvornår man bruger den
editor-curves = Kurver
