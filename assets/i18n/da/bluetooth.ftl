### Det, der går galt mellem Svang og en massager.

bluetooth-no-adapter = Computeren har ingen Bluetooth-adapter. Sæt en i, eller brug den simulerede massager.
bluetooth-off = Bluetooth er slukket. Tænd det i systemets indstillinger.
bluetooth-no-service = Bluetooth-tjenesten svarer ikke. På Linux startes den med: sudo systemctl start bluetooth
bluetooth-no-permission = Svang må ikke bruge Bluetooth. På Linux: Føj dig selv til gruppen bluetooth; på macOS: Tillad det i Systemindstillinger, Anonymitet & sikkerhed, Bluetooth (for terminalen, hvis du startede Svang fra en).
bluetooth-out-of-reach = Massageren er uden for rækkevidde. Tænd den, læg den tæt på, og luk dens app på telefonen.
bluetooth-timed-out = Massageren svarede ikke i tide. Sluk og tænd den, og luk dens app på telefonen.
bluetooth-needs-pairing = Massageren vil parres, før den tager imod ordrer.
bluetooth-bond-lost = Massageren har glemt denne computer. Glem den også her, og par så igen.
bluetooth-pairing-refused = Parringen blev afvist: Massageren ville ikke parres, eller du sagde nej. Sæt den i parringstilstand, og prøv igen.
bluetooth-offers-keyboard = Ikke parret: Den vil også være et tastatur eller en mus, som kunne skrive på denne computer. Det har en massager ikke brug for.
bluetooth-link-lost = Forbindelsen til massageren er væk.
bluetooth-unfit = Massageren har ikke det, som dens kort skal bruge: { $why }. Kortet er måske til en anden model.
bluetooth-forbidden = Svang skriver ikke til { $place }: Stedet er kendt for at opdatere eller nulstille firmware.
bluetooth-busy = Massageren har stadig travlt med den forrige ordre.
bluetooth-refused = Massageren afviste: { $why }
bluetooth-radio = Bluetooth: { $why }
