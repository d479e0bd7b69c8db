# Makes a Debian root look like a HyperPod node's image, where that matters here.
useradd --create-home --shell /bin/bash --uid 1000 ubuntu
echo 'ubuntu ALL=(ALL) NOPASSWD:ALL' >/etc/sudoers.d/90-cloud-init-users
chmod 440 /etc/sudoers.d/90-cloud-init-users
# Ubuntu's cloud images switch passwords off in a drop-in; the first value wins.
echo 'PasswordAuthentication no' >/etc/ssh/sshd_config.d/60-cloudimg-settings.conf
# ec2-instance-connect gives sshd its own keys command on the command line.
mkdir -p /lib/systemd/system/ssh.service.d
cat >/lib/systemd/system/ssh.service.d/ec2-instance-connect.conf <<'UNIT'
[Service]
ExecStart=
ExecStart=/usr/sbin/sshd -D -o "AuthorizedKeysCommand /usr/share/ec2-instance-connect/eic_run_authorized_keys %%u %%f" -o "AuthorizedKeysCommandUser ec2-instance-connect" $SSHD_OPTS
UNIT
useradd --system --no-create-home --shell /usr/sbin/nologin ec2-instance-connect
mkdir -p /usr/share/ec2-instance-connect
printf '#!/bin/sh\nexit 0\n' >/usr/share/ec2-instance-connect/eic_run_authorized_keys
chmod 755 /usr/share/ec2-instance-connect/eic_run_authorized_keys
