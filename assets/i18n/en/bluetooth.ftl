### What goes wrong between Svang and a massager.

bluetooth-no-adapter = This computer has no Bluetooth adapter. Plug one in, or use the simulated massager.
bluetooth-off = Bluetooth is switched off. Switch it on in the system's settings.
bluetooth-no-service = The Bluetooth service does not answer. On Linux, start it: sudo systemctl start bluetooth
bluetooth-no-permission = Svang may not use Bluetooth. On Linux, add yourself to the group bluetooth; on macOS, allow it in System Settings, Privacy & Security, Bluetooth (for the terminal, if you started Svang from one).
bluetooth-out-of-reach = The massager is out of reach. Turn it on, bring it near, and close its phone app.
bluetooth-timed-out = The massager did not answer in time. Turn it off and on, and close its phone app.
bluetooth-needs-pairing = The massager wants to be paired before it takes orders.
bluetooth-bond-lost = The massager has forgotten this computer. Forget it here too, then pair again.
bluetooth-pairing-refused = Pairing was refused: the massager refused to pair, or you said no. Put it into pairing mode and try again.
bluetooth-offers-keyboard = Not paired: it also offers to be a keyboard or a mouse, which could type on this computer. A massager has no need of that.
bluetooth-link-lost = The link to the massager is gone.
bluetooth-unfit = The massager does not offer what its device map needs: { $why }. The map may be for another model.
bluetooth-forbidden = Svang does not write to { $place }: it is known for firmware update or reset.
bluetooth-busy = The massager is still busy with the last order.
bluetooth-refused = The massager refused: { $why }
bluetooth-radio = Bluetooth: { $why }
