### Det, redigeringen gør, tjekker og afviser.

edit-no-point = punktet er væk: vælg et andet
edit-no-step = øvelsen er væk: vælg en anden
edit-no-track = der er intet spor “{ $channel }”: tilføj det først
edit-track-there = der er allerede et spor “{ $channel }”: rediger eller slet det
edit-taken = der er allerede et punkt ved { $at }: vælg en anden tid
edit-after-end = { $at } er efter slutningen: gør først profilen længere
edit-too-long = det gør profilen længere end fire timer: vælg mindre
edit-too-short = det efterlader mindre end et sekund: behold mere af profilen
edit-empty-stretch = stykket er tomt: vælg et længere
edit-step-there = der er allerede en anden øvelse: vælg et frit sted
edit-nothing-to-record = der er intet at optage her
edit-nothing-to-fill = der er intet at fylde efter denne del
edit-generator = { $why }
edit-several-tracks = her er flere spor: indsæt uden at vælge et spor
form-too-short = en omgang tager { $cycle }, og stykket er { $stretch }: vælg et længere stykke eller kortere tider
form-too-fast = en omgang på under 0,2 s kan ikke mærkes: vælg længere tider
no-clip-unreadable = der er ingen kurve på udklipsholderen, som Svang kan læse ({ $why }): kopiér først nogle punkter
no-clip-other-text = der er en anden tekst på udklipsholderen: kopiér først nogle punkter
no-clip-other-version = kurven på udklipsholderen har version { $version }, og denne Svang læser version 1: kopiér den igen i denne Svang
no-clip-odd-length = kurven på udklipsholderen siger, at den varer { $length }: kopiér den igen
no-clip-no-points = kurven på udklipsholderen har ingen punkter: kopiér først nogle punkter
no-clip-no-curve = der er ingen kurve på udklipsholderen: { $why }
curve-order = punkt { $index } ved { $at } kommer ikke efter det før: punkter står i tidens rækkefølge, ét ad gangen

did-move-points = { $count ->
    [one] flyt punkt
   *[other] flyt { $count } punkter
}
did-set-intensity = { $count ->
    [one] sæt punktets intensitet
   *[other] sæt { $count } punkters intensitet
}
did-reshape = { $count ->
    [one] skift punktets form
   *[other] skift { $count } punkters form
}
did-delete-points = { $count ->
    [one] slet punkt
   *[other] slet { $count } punkter
}
did-cut-points = { $count ->
    [one] klip punkt
   *[other] klip { $count } punkter
}
did-add-ramp = tilføj stigning
did-add-pulse = tilføj puls
did-add-wave = tilføj bølge
did-add-inflate = tilføj oppustning
did-add-trigger-hold = tilføj triggerpunkt
did-add-track = tilføj spor { $channel }
did-delete-track = slet spor { $channel }
did-split-track = del { $mode } i venstre og højre
did-join-tracks = saml { $mode }, venstre og højre
did-add-point = tilføj punkt
did-set-time = sæt punktets tid
did-scale = skalér
did-raise = hæv eller sænk
did-invert = vend om
did-set-to-levels = sæt til trin
did-simplify = forenkl
did-fade-in = ton ind
did-fade-out = ton ud
did-repeat-part = gentag del
did-record = optag med hånden
did-draw = tegn
did-import-curve = importér kurve
did-paste = indsæt
did-flatten-top = flad toppen af
did-gentle-rises = gør stigninger blide
did-end-softly = slut blødt
did-insert-time = indsæt tid
did-remove-time = fjern tid
did-change-length = ændr længden
did-add-step = tilføj øvelse
did-edit-step = ret øvelse
did-move-step = flyt øvelse
did-resize-step = ændr øvelsens længde
did-delete-steps = { $count ->
    [one] slet øvelse
   *[other] slet { $count } øvelser
}
did-rename = omdøb
did-edit-description = ret beskrivelse
did-edit-author = ret ophav
did-edit-need = ændr, hvad den er til

check-rises-gently = Stiger blidt
check-starts-gently = Begynder blidt
check-nothing-moves = Intet bevæger sig
check-peak = Top { $intensity }
check-above = { $time } over { $intensity }
check-rises = Stiger { $percent } % i sekundet
check-jumps = Springer { $by } op
check-long = { $length } lang
check-starts-at = Begynder ved { $intensity }
check-ends-at-rest = Slutter i ro
check-ends-at = Slutter ved { $intensity }
check-detail-nowhere-more = Intet sted mere end { $limit } i sekundet
check-detail-at-most-at-start = Højst { $most } ved 0:00
check-detail-no-point-yet = Der er intet punkt endnu
check-detail-place = { $channel } ved { $at }
check-detail-place-and-ceiling = { $channel } ved { $at }. Højst: { $ceiling }
check-detail-advice-time = { $channel }. Råd: { $advice }
check-detail-rise-at = { $more ->
    [0] { $channel } ved { $at }. Grænse: { $limit } i sekundet
   *[other] { $channel } ved { $at } og { $more } til. Grænse: { $limit } i sekundet
}
check-detail-session-lasts = En massage varer højst { $most }
check-detail-advice-at-most = { $channel }. Råd: højst { $most }
check-detail-all-at-rest = Alt er på 0 % ved { $at }
check-detail-advice-rest = { $channel }. Råd: 0 %
