#!/bin/bash
# Process 1 of a machine, inside its new namespaces: builds the root, changes into it, becomes init.
#   init.sh NAME LOWER FOLDER systemd|plain SHARED [SIZE-OF-DISK]
set -euo pipefail
name=$1 lower=$2 folder=$3 mode=$4 shared=$5 disk=${6:-}
root=$folder/root
hostname "$name"
if [ -n "$disk" ]; then
  mount -t tmpfs -o "size=$disk,mode=755" tmpfs "$folder"
  mkdir "$folder/upper" "$folder/work" "$root"
fi
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$folder/upper,workdir=$folder/work" "$root"
mount -t proc proc "$root/proc"
# Read-only, or systemd's own systemd-sysctl would write the host's kernel settings.
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/pts" "$root/dev/shm" "$root/dev/mqueue"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
mount -t tmpfs tmpfs "$root/dev/shm"
ln -s /proc/self/fd "$root/dev/fd"
for number in 0 1 2; do ln -s "fd/$number" "$root/dev/$(printf 'stdin stdout stderr' | cut -d' ' -f$((number + 1)))"; done
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mkdir -p "$root/run/lock" "$root/run/sshd" "$root/fsx"
mount --bind "$shared" "$root/fsx"
# Units that reach the kernel of the host, or make no sense without a console.
for unit in systemd-modules-load.service sys-kernel-debug.mount sys-kernel-tracing.mount dev-hugepages.mount \
  sys-fs-fuse-connections.mount getty.target systemd-timesyncd.service apt-daily.timer apt-daily-upgrade.timer; do
  ln -sfn /dev/null "$root/etc/systemd/system/$unit"
done
echo "$name" >"$root/etc/hostname"
[ -s "$root/etc/machine-id" ] || tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
read -r _ # The lab has plugged the network in.
mkdir -p "$root/.old"
cd "$root"
pivot_root . .old
# shellcheck disable=SC2016 # the shell in the new root expands it
exec chroot . /bin/bash -c '
  umount -l /.old; rmdir /.old; touch /run/lab-machine
  if [ "$1" = systemd ]; then
    exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=lab /lib/systemd/systemd --log-target=console --show-status=1
  fi
  trap "" CHLD # Ignored, it stays so: the kernel reaps what nobody waits for.
  exec sleep infinity' init "$mode" </dev/null
