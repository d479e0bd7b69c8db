# Puts Debian's Slurm where HyperPod has its own: programs and settings in /opt/slurm, on no service's PATH.
mkdir -p /opt/slurm/bin /opt/slurm/sbin /opt/slurm/etc
for file in $(dpkg -L slurm-client slurmd slurmctld slurmdbd 2>/dev/null | grep -E '^/usr/s?bin/.'); do
  [ ! -e "$file" ] || mv "$file" "/opt/slurm/${file#/usr/}"
done
# Debian has several builds of a daemon and chooses among them by links.
for daemon in slurmd slurmstepd slurmctld; do
  [ ! -e "/opt/slurm/sbin/$daemon-wlm" ] || ln -sfn "$daemon-wlm" "/opt/slurm/sbin/$daemon"
  rm -f "/usr/sbin/$daemon"
done
# The programs were built to read /etc/slurm.
if [ ! -L /etc/slurm ]; then
  mv /etc/slurm/* /opt/slurm/etc/
  rmdir /etc/slurm
  ln -s /opt/slurm/etc /etc/slurm
fi
sed -i 's|^ExecStart=/usr/sbin/|ExecStart=/opt/slurm/sbin/|' /lib/systemd/system/slurm*.service
# slurmd has no file of settings: it asks the controller for them.
sed -i '/^ConditionPathExists=/d' /lib/systemd/system/slurmd.service
# People who log in find Slurm.
sed -i '/^PATH=/d' /etc/environment
echo 'PATH=/opt/slurm/bin:/usr/local/bin:/usr/bin:/bin' >>/etc/environment
