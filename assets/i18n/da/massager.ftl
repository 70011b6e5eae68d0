### Siden om massageren og dens spørgsmål.

massager-search = Søg
massager-pause-search = Hold pause med at søge
massager-starting = Spørger Bluetooth …
massager-bluetooth-on = Bluetooth er tændt
massager-no-bluetooth = Bluetooth kan ikke bruges endnu
massager-not-searching = Søger ikke
massager-adapter = Adapter
massager-connect = Forbind
massager-disconnect = Afbryd
massager-forget = Glem
massager-show = Vis
massager-hide = Skjul
massager-not-on-the-list = Er den ikke på listen? Tænd massageren, og luk dens app på telefonen.
massager-not-recognised = Ikke genkendt. Er det din massager, så vælg et kort, der måske passer.
massager-simulated-name = Simuleret massager
massager-simulated = Indbygget, kræver ikke Bluetooth. Spiller alt, bevæger intet.
massager-known = Har været forbundet før.
massager-choose-map = Vælg kort
massager-nothing-found = Intet fundet endnu. Tænd massageren, og læg den tæt på.
massager-aside = Forbundet og ikke i brug.
massager-use = Brug
massager-bond-lost = Den har glemt denne computer. Par den igen.
massager-pair-again = Par igen
massager-paired = Parret
massager-not-paired = Ikke parret
massager-by-hand = Manuelt
massager-by-hand-rests = Stop det, der spiller, for at indstille trin manuelt.
massager-off = Fra
massager-confirmed = bekræftet
massager-sending = sender …
massager-by-program = vælges af programmet
massager-runs = Kører nu
massager-programs = Dens egne programmer
massager-programs-note = De kører i selve massageren. Stop virker som altid.
massager-by-itself = Forbind af sig selv
massager-first-time = Første gang med dette kort: højst 30 %
massager-first-time-text = Prøv hver massageform herunder, blidt. Bevæger det rigtige sig, og stopper Stop det, så sig til.
massager-felt-right = Det føltes rigtigt
massager-none = Ingen massager forbundet
massager-none-text = Vælg din til venstre. Svang husker den og viser her, hvad den kan, dens batteri og dens trin.
massager-try-simulated = Prøv den simulerede massager
massager-lost-text = Svang leder efter den. Intet bevæger sig, før du trykker Fortsæt.
massager-confirm-text = Forskellige produkter melder sig på samme måde. Vælg kortet til din: Svang skriver intet før det og bliver ved 30 %, til du siger, at det føltes rigtigt.
massager-confirm-unknown = Intet kort passer til det, den siger om sig selv. Ved du, at den taler som en af disse, så vælg den: Passer kortet ikke, siger Svang det og skriver intet.
massager-choose-first = Vælg først et kort.
massager-confirm = Forbind med dette kort
massager-forget-text = Forbindelsen slutter, parringen fjernes, og næste gang forbinder og prøver du den som en ny.
massager-pairing = Parring
massager-same-number = Viser massageren det samme tal?
massager-type-there = Tast dette tal på massageren.
massager-type-here = Hvilket tal viser massageren?
massager-same = Ja, det samme
massager-not-same = Nej
massager-pair = Par
massager-offers-keyboard = Den vil også være et tastatur
massager-offers-keyboard-text = Det, du er ved at parre, vil også være et tastatur eller en mus. Når det er parret, kan det skrive og klikke på denne computer. Det har en massager ikke brug for.
massager-do-not-pair = Par ikke
massager-pair-all-the-same = Par alligevel
massager-six-digits = Seks cifre
massager-firmware = Kortet skriver et sted, der er til firmware
massager-do-not-connect = Forbind ikke
massager-connect-all-the-same = Forbind alligevel
massager-searching = Søger, { $seconds } s
massager-near = { $count ->
    [one] 1 enhed i nærheden
   *[other] { $count } enheder i nærheden
}
massager-others = { $count ->
    [one] 1 anden enhed, ikke genkendt
   *[other] { $count } andre enheder, ikke genkendt
}
massager-levels = { $count ->
    [1] til eller fra
   *[other] { $count } trin
}
massager-level = Trin { $level }
massager-rising = stiger, { $level } af { $goal }
massager-weakened = { $level } ved { $strength } styrke
massager-unwatched = kører ikke, så Svang bliver ved 30 %. ({ $why })
massager-stops-in = Stopper selv om { $left }
massager-doing = { $doing } …
massager-doing-again = { $doing }, forsøg { $attempt } …
massager-for-seconds = { $doing } { $seconds } s
massager-known-because = Har været forbundet før. { $why }
massager-connected-because = Forbundet. { $why }
massager-connected-now = Forbundet.
massager-connected-with = Forbundet, { $signal }
massager-map = Kort { $name }
massager-play = Afspil { $program }
massager-verified = Afprøvet
massager-reported = Meldt af brugere
massager-untested = Ikke prøvet
massager-verified-means = Dens mager, eller flere ejere, har set hver del af kortet virke.
massager-reported-means = Nogen har meldt, at kortet virker.
massager-untested-means = Lavet efter dokumenter. Begynd ved lav styrke.
massager-signal-strong = stærkt
massager-signal-good = godt
massager-signal-weak = svagt
massager-signal-very-weak = meget svagt
massager-confirm-title = Hvad er “{ $name }”?
massager-forget-title = Glem { $name }?
massager-left-alone = { $what }
massager-firmware-text = “{ $map }” sender sine ordrer til et sted, der på andre massagere er { $places }. Med et forkert kort kan det skade massageren. Forbind kun, hvis du har tillid til, hvor kortet kommer fra. Du bliver spurgt én gang for dette kort.
massager-by-itself-title = Forbind til { $massager } af sig selv næste gang?
massager-by-itself-text = Så forbinder Svang, så snart den er i nærheden. Intet bevæger sig, før du trykker på Afspil. Du kan ændre det på dens side.
massager-by-itself-yes = Forbind af sig selv
massager-by-itself-means = når den er i nærheden. Intet bevæger sig, før du trykker på Afspil.
massager-by-hand-how = Tryk eller træk; hjulet ruller kun siden. Mærket er “højst”.
massager-both-feet-levels = { $count ->
    [1] begge fødder, til eller fra
   *[other] begge fødder, { $count } trin
}
massager-part-feet = Skil fødderne ad: { $mode }
massager-join-feet = Saml fødderne: { $mode }
massager-next = Klar: { $profile }
massager-next-about = { $time } · { $drawn }, ved { $strength }
massager-next-about-by-hand = { $time } · kun med hænderne
massager-next-none = Intet passer endnu. Tegn en profil.
massager-next-draw = Tegn en
massager-nets = Hvis computeren svigter
massager-nets-by-itself = Stopper selv efter { $seconds } s
massager-nets-stay = Ikke af sig selv: bliv ved den
massager-nets-open = Vis, hvad der stopper den
massager-nets-close = Skjul, hvad der stopper den
massager-net-engine = Svangs motor
massager-net-engine-text = stopper den, når noget går galt i programmet
massager-net-watchdog = Vagthunden, et andet program
massager-net-watchdog-text = stopper den, hvis Svang går i stå eller lukkes ned
massager-net-watchdog-starting = er ved at starte
massager-net-itself = Massageren selv
massager-details-of = Detaljer om { $name }
massager-detail = { $what }: { $said }
massager-detail-address = Adresse
massager-detail-signal = Signal
massager-detail-services = Tjenester
massager-detail-maker = Producentdata
massager-detail-none = ingen
no-bluetooth-silent = Bluetooth kører ikke
no-bluetooth-silent-remedy = En kommando starter det på computeren. Den beder om din adgangskode.
no-bluetooth-silent-elsewhere = Start Bluetooth-tjenesten i systemets indstillinger.
no-bluetooth-adapter = Computeren har ikke Bluetooth
no-bluetooth-adapter-remedy = Sæt en Bluetooth-adapter i. Svang opdager den selv.
no-bluetooth-off = Bluetooth er slukket
no-bluetooth-off-remedy = Tænd det her, med computerens egen tast eller i systemets indstillinger.
no-bluetooth-switch-on = Tænd det
no-bluetooth-permission = Svang må ikke bruge Bluetooth endnu
no-bluetooth-permission-remedy = En kommando giver dig lov. Den beder om din adgangskode; log derefter ud og ind igen.
no-bluetooth-permission-elsewhere = Giv lov i systemets indstillinger under Anonymitet og Bluetooth.
no-bluetooth-looks = Svang kigger også selv, hvert 5. sekund.
no-bluetooth-still = Stadig det samme. Svang kigger også selv, hvert 5. sekund.
no-bluetooth-meanwhile = Imens, uden Bluetooth
no-bluetooth-by-hand = Arbejd med hænderne
no-bluetooth-by-hand-text = Profiler til en bold, et håndklæde og dine tommelfingre.
no-bluetooth-show-profiles = Vis dem
massager-left-foot-levels = { $count ->
    [1] venstre fod, til eller fra
   *[other] venstre fod, { $count } trin
}
massager-right-foot-levels = { $count ->
    [1] højre fod, til eller fra
   *[other] højre fod, { $count } trin
}
