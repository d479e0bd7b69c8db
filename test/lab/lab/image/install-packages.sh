#!/bin/bash
# Installs Debian packages into an overlay's upper folder.
#   install-packages.sh UPPER LOWER FINISH-SCRIPT PACKAGE...
# Runs in mount, UTS and pid namespaces of its own: no mount leaks and no daemon survives.
set -euo pipefail
upper=$1 lower=$2 finish=$3
shift 3
hostname build # Samba's installation asks for the host's name.
root=$(mktemp -d)
work=$upper.work
mkdir -p "$work"
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$upper,workdir=$work" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -t tmpfs tmpfs "$root/tmp"
cat /etc/resolv.conf >"$root/tmp/resolv.conf"
touch "$root/etc/resolv.conf"
mount --bind "$root/tmp/resolv.conf" "$root/etc/resolv.conf"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
# The first layer's sources name a key ring by its path on the host.
sed -i 's|\[signed-by=[^]]*\] ||' "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/* 2>/dev/null || true
chroot "$root" apt-get -q update
chroot "$root" apt-get -q install -y --no-install-recommends "$@"
chroot "$root" bash -euc "$finish"
chroot "$root" apt-get clean
rm -rf "$root/usr/sbin/policy-rc.d" "$root"/var/lib/apt/lists/*
umount -l "$root"
rmdir "$root"
rm -rf "$work"
