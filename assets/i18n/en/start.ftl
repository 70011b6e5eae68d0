### The first start.

start-title = Welcome to Svang
start-text = Massage for your feet, drawn as curves and played with care.
start-find = Find my massager
start-simulated = Try the simulated massager
start-gently = Start gently
start-gently-text = Begin low and let it rise over days. Pause if a pain turns sharp or stays.
start-stop = Stop is always there
start-stop-text = The red button, or the Esc key, stops everything at any time.
start-no-advice = No medical advice
start-no-advice-text = Ask a professional first if you are ill, injured, pregnant, or feel little in your feet.
