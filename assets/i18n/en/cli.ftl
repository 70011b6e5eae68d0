### The command line, and why nothing starts.

cli-no-output = The output could not be written: { $why }
instance-silent = Svang is open already, but its window does not answer. If a massager moves, press its power button; then end that Svang and start again.
window-no-display = There is no display to open a window on: neither WAYLAND_DISPLAY nor DISPLAY is set. Without a window, use the command line: svang play --help
window-no-wayland = The Wayland display { $display } does not answer. Unset WAYLAND_DISPLAY to use X11, or start Svang from your desktop. Without a window, use the command line: svang play --help
window-not-opened = The window could not be opened: { $why }. Without a window, use the command line: svang play --help
window-display-lost = The window could not be opened: the display does not answer, and the log says more: { $log }. Without a window, use the command line: svang play --help
