### Profilerne: kort, en enkelt profil og deres dialoger.

profiles-search = Søg i profiler
profiles-import = Importér
profiles-all = Alle
profiles-fits = Passer
profiles-own = Egne
profiles-built-in = Indbyggede
profiles-ready-made = Færdiglavet
profiles-start-here = Begynd her
profiles-by-last-used = Sidst brugt
profiles-by-name = Efter navn
profiles-by-length = Korteste først
profiles-by-stars = Flest stjerner
profiles-all-by-hand = Kun med hænderne
profiles-broken = Filen kan ikke læses endnu. Den er ikke ændret.
profiles-show-file = Vis filen
profiles-no-curve = Massageren holder programmet for sig selv, så der er ingen kurve at tegne.
profiles-nothing = Ingen profil passer til søgningen
profiles-nothing-text = Prøv et andet ord, eller vis alle profiler igen.
profiles-show-all = Vis alle
profiles-no-own = Du har ingen egne profiler endnu
profiles-no-own-text = Duplikér en færdiglavet og ret den, som du vil, eller importér en.
profiles-open = Se nærmere
profiles-duplicate = Duplikér
profiles-rename = Omdøb
profiles-export = Eksportér
profiles-notes = Noter og stjerner
profiles-steps = Med hænderne
profiles-name = Navn
profiles-your-notes = Dine noter
profiles-notes-hint = Hvordan det føltes, hvornår det hjælper dig
profiles-connect-first = Forbind først en massager, eller prøv den simulerede.
profiles-play-the-rest = Afspil resten
profiles-name-first = Skriv først et navn.
profiles-order = Rækkefølge
profiles-fits-massager = Passer til { $massager }
profiles-fits-not = Passer ikke til { $massager }
profiles-plays-without = Spiller uden { $modes }
profiles-rest-title = { $massager } har ikke { $modes }
profiles-rest-text = “{ $profile }” bruger også { $modes }. Svang kan afspille alt det andet i den.
profiles-cannot-play = { $massager } har ingen af de massageformer, som “{ $profile }” bruger. Vælg en anden profil.
profiles-built-into = Indbygget i { $massager }
profiles-from = Fra { $author }
profiles-place = Linje { $line }, kolonne { $column }:
profiles-more-problems = { $count ->
    [one] Og en til.
   *[other] Og { $count } til.
}
profiles-played = { $count ->
    [one] { $from } · afspillet én gang
   *[other] { $from } · afspillet { $count } gange
}
profiles-up-to = Op til { $peak }
profiles-deleted = “{ $name }” ligger i papirkurven.
profiles-back-again = “{ $name }” er tilbage.
profiles-duplicated = “{ $name }” er din nu.
profiles-imported = “{ $name }” er importeret.
profiles-exported = “{ $name }” er eksporteret.
profiles-stars = { $count ->
    [0] Ingen stjerner endnu
    [one] 1 stjerne
   *[other] { $count } stjerner
}
