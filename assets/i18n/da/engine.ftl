### Det, motoren fortæller.

engine-failed-inside = Svang har selv svigtet og bedt massageren om at stoppe. Bevæger den sig stadig, så tryk på massagerens tændknap. Start så Svang igen.
engine-not-confirmed = Massageren har ikke bekræftet, at den er stoppet. Tryk på massagerens tændknap.
engine-not-confirmed-of = { $name }: Massageren har ikke bekræftet, at den er stoppet. Tryk på massagerens tændknap.
engine-not-started-unconfirmed = Ikke startet. Massageren har ikke bekræftet, at den er stoppet. Tryk på massagerens tændknap.
engine-not-confirmed-off = Massageren bekræfter ikke, at alt er slukket.
engine-cannot-be-told = Massageren er uden for rækkevidde og kan ikke få besked på at stoppe, før den er tilbage. Bevæger den sig stadig, så tryk på dens tændknap.
engine-no-answer = Massageren svarer ikke. Svang forbinder til den på ny for at stoppe den; bevæger den sig, så tryk på massagerens tændknap.
engine-aside-out-of-reach-moving = { $name } er uden for rækkevidde. Massageren har ikke bekræftet, at den er stoppet. Tryk på massagerens tændknap.
engine-aside-out-of-reach = { $name } er uden for rækkevidde.
engine-goes-to-sleep = Pause: computeren går i dvale. Tryk Fortsæt for at gå videre.
engine-lost-time = Pause: computeren sov eller havde for travlt til at holde tiden. Tryk Fortsæt for at gå videre.
engine-session-over = Stoppet: denne massage har haft sine { $minutes } minutter. Giv fødderne et hvil før den næste.
engine-out-of-reach = Massageren er uden for rækkevidde. Læg den tæt på, eller tænd den igen.
engine-not-connected = Der er ingen massager forbundet. Forbind en først.
engine-day-is-full = Ikke startet: dine fødder har fået { $massaged } af { $limit } minutters massage i dag. Intet starter, før du tillader mere.
engine-day-over-paused = Pause: dine fødder har fået { $massaged } af { $limit } minutters massage i dag. Lad dem hvile til i morgen.
engine-day-over-stopped = Stoppet: dine fødder har fået { $massaged } af { $limit } minutters massage i dag. Lad dem hvile til i morgen.
engine-nothing-fits = Massageren har ingen af de massageformer, som “{ $profile }” bruger.
engine-program-not-tried = Et program vælger selv sin styrke. Prøv først massageren ved lav styrke, så dens programmer.
engine-program-unwatched = Et program vælger selv sin styrke, og ingen ville stoppe massageren, hvis Svang selv svigtede. Profiler spiller ved højst 30 %.
engine-not-by-hand-now = Massageformer kan indstilles manuelt, når intet andet spiller. Stop først.
engine-changed-at-massager = Ændret på massageren: { $channel }.
engine-paused-at-massager = Pause: { $channel } blev slukket på massageren. Tryk Fortsæt for at gå videre.
engine-off-at-massager = Slukket på massageren: { $channel }.
engine-program-ended = Massageren har afsluttet “{ $program }”.
engine-wrong-map = Forbindelsen er afbrudt: massageren tager ikke imod de første beskeder fra sit kort{ $cause }. Kortet er måske til en anden model.
engine-disobeys-paused = Pause: massageren gør ikke, hvad den får besked på{ $cause }. Læg den tæt på, og prøv igen.
engine-disobeys-stopped = Stoppet: massageren gør ikke, hvad den får besked på{ $cause }. Læg den tæt på, og prøv igen.
engine-cause = {" "}({ $cause })
engine-watchdog-ended = Stoppet: den anden proces, der våger over massageren, er slut, og et program vælger selv sin styrke. Start det igen, når massagerens side siger, at der våges over den.
engine-ends-at-once = Massageren afbryder forbindelsen, så snart der skrives til den. Måske afviser den parring: Sæt den i parringstilstand, eller glem den i systemets indstillinger, og prøv igen.
engine-lost-paused = Pause: massageren er uden for rækkevidde. Intet bevæger sig, før du trykker Fortsæt.
engine-lost-paused-moving = Pause: massageren er uden for rækkevidde. Intet bevæger sig, før du trykker Fortsæt. Bevæger den sig stadig, så tryk på dens tændknap.
engine-lost = Massageren er uden for rækkevidde. Svang bliver ved med at lede efter den.
engine-lost-moving = Massageren er uden for rækkevidde. Svang bliver ved med at lede efter den. Bevæger den sig stadig, så tryk på dens tændknap.
engine-back-paused = Massageren er tilbage. Tryk Fortsæt for at gå videre.
engine-back = Massageren er tilbage.
engine-too-slow = Ikke startet: massageren var for længe om at blive klar. Start igen, hvis du vil.
engine-several-fit = Flere produkter ligner denne. Bekræft først kortet.
engine-not-recognised = Massageren er ikke genkendt. Vælg et kort til den.
engine-no-map = Der er intet kort “{ $map }”. Vælg et andet.
engine-no-simulated-map = Kortet til den simulerede massager er væk.
engine-map-gone = Dens kort er væk. Vælg et andet.

engine-doing-connecting = Forbinder
engine-doing-pairing = Parrer
engine-doing-looking-at-services = Ser på dens tjenester

waits-busy = Massageren har travlt med sig selv; den tager ikke imod ordrer, før den er færdig.
waits-switched-over-only = Der sendes intet for { $channel }: Den kan kun skiftes om, og massageren har ikke sagt, om den er tændt.

sign-name = navnet passer til “{ $pattern }”
sign-before = kendt fra før
sign-service = tjeneste { $service }
sign-manufacturer = producentdata { $company }

left-alone-stops-after = den stopper selv efter { $after }
left-alone-own-timer = dens egen timer stopper den efter { $after }
left-alone-nothing-known = måske stopper den ikke af sig selv: bliv ved den
span-milliseconds = { $count } ms
span-seconds = { $count } s
span-minutes = { $count } min

in-use-by-window = Massageren bruges af Svangs vindue (proces { $process }). Afslut først massagen dér.
in-use-by-command = Massageren bruges af { $command } (proces { $process }). Afslut først massagen dér.
in-use-by-another = Massageren bruges af et andet Svang. Afslut først massagen dér.

massager-cannot-no-program = “{ $map }” har intet program “{ $program }”. Den har: { $known }.
massager-cannot-no-timer = “{ $map }” har ingen timer, som Svang kan stille.
watchdog-not-started = en anden proces kunne ikke startes ({ $why })
watchdog-no-way = en anden proces når ikke massageren ({ $why })
watchdog-timed-out = en anden proces svarede ikke i tide
watchdog-died = en anden proces sluttede med det samme
engine-program-off = Massagerens egne programmer vælger selv massageform og styrke: De forbliver fra indtil videre.
engine-red-flag = Ikke i dag: Du har sagt, at der er et advarselstegn. Ret dine svar i Indstillinger, når det er ovre.
engine-off-by-answers = { $channel } forbliver fra: dine svar på helbredsspørgsmålene.
engine-all-off-by-answers = Alt det, “{ $profile }” bruger, forbliver fra: dine svar på helbredsspørgsmålene.
