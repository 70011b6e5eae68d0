#!/bin/bash
# Builds the virtual machine for the end-to-end tests: a User Mode Linux kernel with Bluetooth, and a root image with
# BlueZ and Bumble. Idempotent; about 6 minutes and 850 MB the first time, nothing afterwards.
#   setup.sh [--force]    BLEKIT_WORK: where the products go (default: ~/.cache/ble-testbed)
# Exit status: 0 built, 1 something failed, 77 this machine cannot (the reason is printed).
set -euo pipefail
KIT=$(cd "$(dirname "$0")" && pwd)
W=${BLEKIT_WORK:-${XDG_CACHE_HOME:-$HOME/.cache}/ble-testbed}
BUMBLE=0.0.236 SUITE=bookworm
cannot() { echo "testbed: skipped: $*"; exit 77; }
say() { echo "testbed: $*"; }

[ "${1:-}" = --force ] && rm -f "$W"/*.stamp
[ -e "$W/uml.stamp" ] && [ -e "$W/root.stamp" ] && [ -e "$W/image.stamp" ] && [ -x "$W/linux-uml" ] && [ -e "$W/root.img" ] && exit 0
[ "$(uname -sm)" = "Linux x86_64" ] || cannot "User Mode Linux wants Linux on x86_64, this is $(uname -sm)"
[ "$(id -u)" = 0 ] || cannot "it has to be set up as root (packages, debootstrap)"
command -v apt-get >/dev/null || cannot "packages come from apt, which is not here"
apt-cache show linux-source-6.1 >/dev/null 2>&1 || apt-get update -qq
apt-cache show linux-source-6.1 >/dev/null 2>&1 || cannot "there is no package linux-source-6.1 (it is Debian 12's)"
export DEBIAN_FRONTEND=noninteractive
mkdir -p "$W"; cd "$W"
apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends \
  linux-source-6.1 flex bison bc make gcc libc6-dev xz-utils debootstrap e2fsprogs python3-pip >apt.log 2>&1 || { tail apt.log; exit 1; }

if [ ! -e uml.stamp ]; then
  say "building the kernel (about 5 minutes on 2 cores)"
  rm -rf umlsrc; mkdir umlsrc; tar xf /usr/src/linux-source-6.1.tar.xz -C umlsrc --strip-components=1
  # Processors with AMX have an 11 KB xsave area; 6.1's User Mode Linux keeps 2.7 KB and dies in put_fp_registers.
  sed -i 's/DEFINE_LONGS(HOST_FP_SIZE, 2696)/DEFINE_LONGS(HOST_FP_SIZE, 12288)/' umlsrc/arch/x86/um/user-offsets.c
  (cd umlsrc; make ARCH=um defconfig; ./scripts/kconfig/merge_config.sh -m .config "$KIT/uml.config"
   make ARCH=um olddefconfig; make ARCH=um -j"$(nproc)" linux) >uml-build.log 2>&1 || { tail uml-build.log; exit 1; }
  strip -o linux-uml umlsrc/linux; rm -rf umlsrc; touch uml.stamp
fi

if [ ! -e root.stamp ]; then
  say "filling the root image"
  rm -rf root
  MIRROR=$(apt-get indextargets --format '$(REPO_URI)' "Created-By: Packages" | grep -v security | head -1)
  debootstrap --variant=minbase --include=dbus,dbus-bin,bluez,bluez-test-tools,python3,kmod,busybox-static,procps,libdbus-1-3 \
    $SUITE root "$MIRROR" >debootstrap.log 2>&1 || { tail debootstrap.log; exit 1; }
  # Wheels for the guest's Python (3.11), whatever Python the host has.
  python3 -m pip install -q --root-user-action=ignore --target root/opt/pylib --python-version 3.11 --implementation cp \
    --abi cp311 --abi abi3 --abi none --platform manylinux2014_x86_64 --platform manylinux_2_28_x86_64 \
    --platform manylinux_2_34_x86_64 --only-binary=:all: "bumble==$BUMBLE"
  rm -rf root/var/cache/apt/archives/*.deb root/var/lib/apt/lists/* root/usr/share/doc/* root/usr/share/man/* root/usr/share/locale/*
  mkdir -p root/host root/kit; echo bletest >root/etc/hostname
  touch root.stamp; rm -f image.stamp
fi

if [ ! -e image.stamp ]; then
  cat >root/kit/init <<'I'
#!/bin/bash
# The first program in the guest: mounts, the share, then the scripts from the share.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t tmpfs tmpfs /run; mount -t tmpfs tmpfs /tmp
mkdir -p /dev/pts /dev/shm; mount -t devpts devpts /dev/pts; mount -t tmpfs tmpfs /dev/shm
hostname bletest; ip link set lo up 2>/dev/null || busybox ifconfig lo up
mount -t hostfs -o "$HOSTSHARE" none /host || echo "no share"
bash /host/kit/guest.sh
sync; busybox poweroff -f
I
  chmod +x root/kit/init
  SZ=$(( $(du -sm root | cut -f1) * 115 / 100 + 200 ))
  rm -f root.img; mke2fs -q -t ext4 -O ^has_journal -m 0 -d root root.img ${SZ}M
  touch image.stamp
fi
say "ready in $W"
