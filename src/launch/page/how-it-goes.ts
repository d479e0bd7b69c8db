import { parametersOf } from '../template-parameter.ts';
import { durationOf } from './durations.ts';
import { html, type Markup } from './html.ts';
import { stacksOfForm } from './page-facts.ts';
import type { PageInput } from './page-input.ts';

/** What a launcher does and sees, from the first click to the last. */
export function howItGoes(input: PageInput): Markup {
  const { templates, regions } = input;
  const isWhole = (stack: string) => stack.startsWith('launchpad');
  const whole = templates.filter(({ stack }) => isWhole(stack));
  const pieces = templates.filter(({ stack }) => !isWhole(stack));
  const hasPerson = Object.hasOwn(parametersOf(stacksOfForm(templates)[0]?.value), 'AdminUser');
  return html`<section>
<h2>What happens</h2>
<ol>
<li>The console shows the form of the stack with the values that you chose here. ${hasPerson && 'It asks for your name and your public key. '}Tick "I acknowledge that AWS CloudFormation might create IAM resources", and choose Create stack.</li>
<li>CloudFormation makes the resources in your account: ${durations(whole.length > 0 ? whole.slice(0, 1) : pieces)}.</li>
${whole.length === 0 && html`<li>The output NextLink of each stack opens the form of the next one. Make them in the order of the list below.</li>\n`}<li>What the account cannot have (quotas, zones, an instance type) fails the stack early. <code>podlaunch preflight</code> says so before.</li>
</ol>
<h3>Log in</h3>
<p>Put the output SshConfig into <code>~/.ssh/config</code>. The output ListNodes lists the nodes; then:</p>
<pre tabindex="0" role="region" aria-label="The ssh line">ssh YOUR-NAME@login-group-INSTANCEID</pre>
<h3>Delete it again</h3>
<p>${whole.length > 0 ? 'One stack deletes in one go.' : 'Delete the stacks in the reverse order.'} A stack that keeps its data says in its output RemoveKept what stays, and how it is removed. It costs money until then.</p>
<pre tabindex="0" role="region" aria-label="The line that deletes a stack" id="delete">aws cloudformation delete-stack --region ${regions[0]} --stack-name ${input.project}-${stacksOfForm(templates)[0]?.stack ?? templates[0]?.stack}</pre>
</section>
`;
}

function durations(templates: PageInput['templates']): string {
  return templates
    .flatMap(({ stack }) => {
      const duration = durationOf(stack);
      return duration === undefined ? [] : [`${stack} takes ${duration}`];
    })
    .join(', ');
}
