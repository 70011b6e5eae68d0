### Første start.

start-title = Velkommen til Svang
start-text = Massage til dine fødder, tegnet som kurver og spillet med omhu.
start-find = Find min massager
start-simulated = Prøv den simulerede massager
start-gently = Begynd blidt
start-gently-text = Begynd lavt, og lad det stige over flere dage. Hold pause, hvis smerten bliver skarp eller varer ved.
start-stop = Stop er der altid
start-stop-text = Den røde knap eller Esc-tasten stopper alt når som helst.
start-no-advice = Ingen lægelig rådgivning
start-no-advice-text = Spørg en fagperson først, hvis du er syg, skadet, gravid eller har lidt følelse i fødderne.
