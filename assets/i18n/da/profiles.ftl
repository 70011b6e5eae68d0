### Profilerne: kort, en enkelt profil og deres dialoger.

profiles-search = Søg i profiler
profiles-import = Importér
profiles-all = Alle
profiles-own = Egne
profiles-ready-made = Færdiglavet
profiles-start-here = Begynd her
profiles-show-file = Vis filen
profiles-nothing = Ingen profil passer
profiles-nothing-text = Søgningen og filtrene skjuler alle { $count } profiler.
profiles-show-all = Vis alle
profiles-no-own = Du har ingen egne profiler endnu
profiles-no-own-text = Tegn en, kopiér en færdig, importér en, eller slip en fil på vinduet.
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
profiles-rest-title = { $massager } har ikke { $modes }
profiles-rest-text = “{ $profile }” bruger også { $modes }. Svang kan afspille alt det andet i den.
profiles-cannot-play = { $massager } har ingen af de massageformer, som “{ $profile }” bruger. Vælg en anden profil.
profiles-from = Fra
profiles-place = Linje { $line }, kolonne { $column }:
profiles-more-problems = { $count ->
    [one] Og en til.
   *[other] Og { $count } til.
}
profiles-played = Afspillet
profiles-up-to = { $strength }, op til { $peak }
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
profiles-modes = Massageform
profiles-by-hand-only = Kun med hænderne
profiles-mend = Ret
profiles-delete = Til papirkurven
profiles-inside = I { $massager } selv
profiles-inside-note = Dens egne programmer. Ingen kurve at tegne, ingen styrke at vælge; Stop virker.
profiles-wait-for-a-mend = { $count ->
    [one] Én fil venter på at blive rettet
   *[other] { $count } filer venter på at blive rettet
}
profiles-not-on = ikke på { $massager }
begin = Begynd
need-any-time = Når som helst
need-morning = Morgen
need-after-activity = Efter aktivitet
need-trigger-points = Triggerpunkter
need-evening = Aften
strength-gentle = Blid
strength-medium = Middel
strength-firm = Kraftig
profiles-as-drawn = som tegnet
profiles-at-strength = ved { $strength }
profiles-start-hint = Tryk eller træk i en bane for at begynde et andet sted.
profiles-start-at = Begynder ved { $at }
profiles-your-stars = Dine stjerner
profiles-play-from = Afspil fra { $at }
profiles-on-at = { $massager } ved { $strength }
profiles-up-to-level = op til trin { $level } af { $of }
profiles-start-from-step = Begynd ved en øvelse
profiles-never = Ikke endnu
profiles-times = { $count ->
    [one] én gang
   *[other] { $count } gange
}
profiles-times-last = { $count ->
    [one] én gang, den { $day }
   *[other] { $count } gange, sidst den { $day }
}
profiles-file = Fil
mend-nothing-changed = Der er ikke ændret noget endnu.
mend-text = Filens tekst
mend-again = Hent teksten fra disken igen
mend-changed = Et andet program har ændret filen imens. Din tekst blev ikke skrevet.
mend-good = Nu kan den afspilles. Gem den.
mend-faults = { $count ->
    [one] Én ting skal rettes
   *[other] { $count } ting skal rettes
}
mend-place = Linje { $line }
mend-kept = Filen, som den var, bliver liggende ved siden af, når du gemmer.
mend-too-long = { $file } er for lang til at blive rettet her. Åbn den i en teksteditor.
mend-saved = Gemt. Nu kan den afspilles.
mend-not-yet = Gemt. Den kan ikke afspilles endnu.
profiles-not-changed = De er ikke blevet ændret.
profiles-broken = Filen kan ikke læses endnu. Den er ikke ændret.
