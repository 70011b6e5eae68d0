### Kommandolinjen, og hvorfor intet starter.

cli-no-output = Der kunne ikke skrives ud: { $why }
instance-silent = Svang er allerede åbent, men vinduet svarer ikke. Bevæger en massager sig, så tryk på dens tændknap; afslut så det Svang, og start igen.
window-no-display = Der er ingen skærm at åbne et vindue på: Hverken WAYLAND_DISPLAY eller DISPLAY er sat. Brug kommandolinjen uden vindue: svang play --help
window-no-wayland = Wayland-skærmen { $display } svarer ikke. Fjern WAYLAND_DISPLAY for at bruge X11, eller start Svang fra dit skrivebord. Brug kommandolinjen uden vindue: svang play --help
window-not-opened = Vinduet kunne ikke åbnes: { $why }. Brug kommandolinjen uden vindue: svang play --help
window-display-lost = Vinduet kunne ikke åbnes: Skærmen svarer ikke, og loggen siger mere: { $log }. Brug kommandolinjen uden vindue: svang play --help
