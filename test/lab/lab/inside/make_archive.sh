#!/bin/bash
# Makes a Debian archive of one package that is installed here, from its own files, and makes it apt's only source.
#   make_archive.sh PACKAGE FOLDER
# Its postinst kills dpkg once where /run/kill-dpkg is: as a reboot in the middle of an installation does.
set -euo pipefail
package=$1 folder=$2
root=$(mktemp -d)
mkdir -p "$root/DEBIAN" "$folder"
dpkg -L "$package" | while read -r path; do
  [ -d "$path" ] || cp -a --parents "$path" "$root"
done
dpkg-query --status "$package" | sed '/^Status:/d; /^Conffiles:/,/^[^ ]/{/^Conffiles:/d; /^ /d}' >"$root/DEBIAN/control"
cat >"$root/DEBIAN/postinst" <<'SCRIPT'
#!/bin/sh
if rm /run/kill-dpkg 2>/dev/null; then kill -KILL "$PPID"; fi
SCRIPT
chmod 755 "$root" "$root/DEBIAN/postinst"
deb=$folder/$package.deb
dpkg-deb --build --root-owner-group "$root" "$deb" >/dev/null
{
  dpkg-deb --field "$deb"
  echo "Filename: ./$package.deb"
  echo "Size: $(stat -c %s "$deb")"
  echo "SHA256: $(sha256sum "$deb" | cut -d' ' -f1)"
} >"$folder/Packages"
rm -r "$root"
rm -f /etc/apt/sources.list.d/*
echo "deb [trusted=yes] file:$folder ./" >/etc/apt/sources.list
