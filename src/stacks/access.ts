import { networkElsewhere } from '../parts/access/access-network.ts';
import { bastion } from '../parts/access/bastion.ts';
import { bastionAsked } from '../parts/access/bastion-choice.ts';
import { researcherPolicy } from '../parts/access/researcher-policy.ts';
import { windowsHost } from '../parts/access/windows-host.ts';
import { type Stack, stack } from './stack.ts';

/** Ways in, for those who want them: a bastion, a Windows host, and the policy of researchers. */
export const accessStack: Stack<'access'> = stack({
  name: 'access',
  summary: 'bastion, Windows host, SSH policy',
  title: 'bastion, Windows host and policy of researchers for a HyperPod cluster',
  about: 'Optional ways in: a bastion, a Windows host in the domain, and the policy of researchers.',
  parts: [bastionAsked, networkElsewhere, bastion, windowsHost, researcherPolicy],
  outputs: [
    'ResearcherPolicyArn',
    'ResearcherSshConfig',
    'SshDocument',
    'BastionAddress',
    'BastionSshConfig',
    'BastionShell',
    'EndpointSshConfig',
    'WindowsTunnel',
  ],
});
