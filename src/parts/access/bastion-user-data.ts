import { join, split } from '../../aws/intrinsics.ts';
import { sub } from '../../aws/sub.ts';
import type { Expression } from '../../aws/value.ts';

/** The one account that may log in on a bastion. */
export const JUMP = 'jump';

/**
 * What makes an Ubuntu host a bastion: the account `jump`, by key alone, may forward connections to port 22 and do nothing
 * else. Nobody else may log in by SSH; administrators come by Systems Manager. A boothook runs on every boot, so that keys
 * that an update of the stack changes are there after the restart that the update makes.
 * @param keys public keys with commas between them, or an empty text; EC2 Instance Connect lends further ones
 */
export function bastionUserData(keys: Expression<string>): Expression<string> {
  return sub`#cloud-boothook
#!/bin/bash
set -euo pipefail
id -u ${JUMP} >/dev/null 2>&1 || useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin --password '*' ${JUMP}
install -d -m 0755 /etc/ssh/podlaunch-keys /etc/ssh/sshd_config.d
cat >/etc/ssh/podlaunch-keys/${JUMP} <<'END'
${{ Keys: join('\n', split(',', keys)) }}
END
cat >/etc/ssh/sshd_config.d/10-podlaunch.conf <<'END'
AllowUsers ${JUMP}
AuthenticationMethods publickey
AuthorizedKeysFile /etc/ssh/podlaunch-keys/%u
AllowTcpForwarding local
PermitOpen *:22
MaxSessions 0
PermitTTY no
PermitTunnel no
X11Forwarding no
AllowAgentForwarding no
AllowStreamLocalForwarding no
ClientAliveInterval 60
END
cat >/etc/apt/apt.conf.d/52podlaunch <<'END'
Unattended-Upgrade::Automatic-Reboot "true";
END
if [ -d /run/systemd/system ]; then systemctl --no-block try-reload-or-restart ssh.service; fi
`;
}
