# Runs in the guest. /host/in: the files and working folder, /host/out: results.
O=/host/out K=/host/kit; . $K/opts
fail() { echo "guest: $*" >>$O/stderr; echo 250 >$O/rc; exit; }
exec 2>>$O/guest.log
export PATH=$K:/host/in:$PATH PYTHONPATH=/opt/pylib PYTHONDONTWRITEBYTECODE=1
mkdir -p /run/dbus /var/lib/bluetooth /tmp/out; dbus-uuidgen --ensure; dbus-daemon --system --fork || fail dbus
python3 -u $K/massager.py --log $O/massager.log --ready /run/massager.ready >$O/massager.out 2>&1 & MASSAGER=$!
$K/bluetoothd.sh &
for i in $(seq 600); do [ -e /run/massager.ready ] && break; kill -0 $MASSAGER 2>/dev/null || fail "the massager ended"; sleep .05; done
[ -e /run/massager.ready ] || fail "the massager is not ready"
powered() { dbus-send --system --print-reply --dest=org.bluez /org/bluez/hci0 org.freedesktop.DBus.Properties.Get \
  string:org.bluez.Adapter1 string:Powered 2>/dev/null | grep -q 'boolean true'; }
for i in $(seq 200); do powered && break; sleep .05; done
powered || fail "no powered adapter"
touch $O/up
timeout -k 3 $TMO bash $K/cmd >>$O/stdout 2>>$O/stderr; rc=$?
cp -r /tmp/out/. $O/ 2>/dev/null
kill $MASSAGER $(pidof bluetoothd) 2>/dev/null; sleep .1
sync; echo $rc >$O/rc
