#!/bin/bash
# Gives a root whose Python is too old for the scripts the Python of another root, as /usr/bin/python3.
#   lend-python.sh ROOT FROM
# It comes with its own loader and C library, so nothing else on the root is touched or replaced.
set -euo pipefail
root=$1 from=$2
version=$(readlink "$from/usr/bin/python3")
home=$root/opt/python
mkdir -p "$home/bin" "$home/lib" "$home/so"
cp "$from/usr/bin/$version" "$home/bin/"
cp -a "$from/usr/lib/$version" "$home/lib/"
# shellcheck disable=SC2016 # the shell in the other root expands it
linked=$(chroot "$from" sh -c 'ldd "/usr/bin/$0" /usr/lib/$0/lib-dynload/*.so' "$version" | grep -o '/[^ :]*\.so\.[0-9.]*' | sort -u)
for file in $linked; do cp -L "$from/$file" "$home/so/"; done
loader=$(basename "$(grep -m1 /ld-linux <<<"$linked")")
# What is Debian's own and imports its packages keeps the Python that they are for.
own=$(readlink "$root/usr/bin/python3")
sed -i "1s|/usr/bin/python3\$|/usr/bin/$own|" "$root/usr/bin/aws"
rm "$root/usr/bin/python3"
printf '#!/bin/sh\nexec /opt/python/so/%s --library-path /opt/python/so /opt/python/bin/%s "$@"\n' "$loader" "$version" >"$root/usr/bin/python3"
chmod 755 "$root/usr/bin/python3"
