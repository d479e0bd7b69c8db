import { isList, isObject } from '../../../document/intrinsics.ts';
import type { Json } from '../../../document/template-document.ts';
import { several } from '../base/examples.ts';
import { linked, textAt, unlike } from '../base/linked.ts';
import { literal, resources, valuesAt } from '../base/look.ts';
import { RESOURCE_REFUSED } from '../base/reasons.ts';
import type { Hit, Rule } from '../base/rule.ts';

const SERVICE = 'AWS::ECS::Service';
const TASK = 'AWS::ECS::TaskDefinition';
const ECS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide';
const NETWORK = 'NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [subnet-0123456789abcdef0] } }';
const FARGATE = 'RequiresCompatibilities: [FARGATE]';

/** A service and its task; `container` is more of its container. */
const service = (lines: readonly string[], task: readonly string[], container = ''): string =>
  several({
    Web: [SERVICE, ...lines],
    Task: [TASK, ...task, 'Cpu: 256', 'Memory: 512', `ContainerDefinitions: [{ Name: web, Image: nginx${container} }]`],
  });
const withPorts = (host: number, mark = ''): string =>
  service(
    ['TaskDefinition: !Ref Task', NETWORK],
    ['NetworkMode: awsvpc'],
    `, PortMappings: [{ ContainerPort: 80, HostPort: ${host} }]`,
  ).replace(/.*HostPort.*/, `$&${mark}`);
const withLogs = (driver: string, mark = ''): string =>
  service(
    [`TaskDefinition: !Ref Task${mark}`, NETWORK, 'LaunchType: FARGATE'],
    ['NetworkMode: awsvpc', FARGATE],
    `, LogConfiguration: { LogDriver: ${driver} }`,
  );

/** The drivers that write logs from Fargate. */
const LOG_DRIVERS: readonly string[] = ['awslogs', 'splunk', 'awsfirelens'];

/** Services and tasks of ECS. */
export const CONTAINER_RULES: readonly Rule[] = [
  {
    code: 'E3052',
    name: 'service-network',
    message: 'A service whose task has a network of its own must say in which subnets.',
    why: RESOURCE_REFUSED,
    fix: 'Add NetworkConfiguration with AwsvpcConfiguration.',
    url: `${ECS}/task-networking-awsvpc.html`,
    bad: [service(['TaskDefinition: !Ref Task'], ['NetworkMode: awsvpc']).replace('Properties:', 'Properties: # <-')],
    good: [
      service(['TaskDefinition: !Ref Task', NETWORK], ['NetworkMode: awsvpc']),
      service(['TaskDefinition: !Ref Task'], ['NetworkMode: bridge']),
    ],
    check: linked(SERVICE, 'TaskDefinition', TASK, ({ own, other, id }) =>
      textAt(other, 'NetworkMode') === 'awsvpc' && own['NetworkConfiguration'] === undefined
        ? ['NetworkConfiguration', `NetworkConfiguration is missing: the network mode of ${id} is awsvpc.`]
        : undefined,
    ),
  },
  {
    code: 'E3053',
    name: 'host-port',
    message: 'HostPort must be ContainerPort where a task has a network of its own.',
    why: RESOURCE_REFUSED,
    fix: 'Delete HostPort, or write the same port.',
    url: `${ECS}/task-networking-awsvpc.html`,
    bad: [withPorts(8080, ' # <-')],
    good: [withPorts(80)],
    check: resources(TASK, function* (object, path, _, known): Generator<Hit> {
      if (textAt(object, 'NetworkMode') !== 'awsvpc') return;
      for (const { value, path: place } of valuesAt(object, 'ContainerDefinitions.*.PortMappings.*', path, known)) {
        if (!isObject(value)) continue;
        const [host, port] = [textAt(value, 'HostPort'), textAt(value, 'ContainerPort')];
        if (unlike(host, port))
          yield { path: [...place, 'HostPort'], message: `HostPort is ${host}, and ContainerPort ${port}.` };
      }
    }),
  },
  {
    code: 'E3054',
    name: 'fargate-task',
    message: 'A service runs a task on Fargate that does not say that it may run there.',
    why: RESOURCE_REFUSED,
    fix: 'Write RequiresCompatibilities: [FARGATE] and NetworkMode: awsvpc in the task definition.',
    url: `${ECS}/fargate-tasks-services.html`,
    bad: [service(['TaskDefinition: !Ref Task # <-', 'LaunchType: FARGATE'], ['NetworkMode: bridge'])],
    good: [service(['TaskDefinition: !Ref Task', 'LaunchType: FARGATE', NETWORK], ['NetworkMode: awsvpc', FARGATE])],
    check: linked(SERVICE, 'TaskDefinition', TASK, ({ own, other, id }) => {
      const { NetworkMode: mode, RequiresCompatibilities: needs = [] } = other;
      const isElsewhere = mode === undefined || (literal(mode) !== undefined && mode !== 'awsvpc');
      return textAt(own, 'LaunchType') === 'FARGATE' && isElsewhere && lacksFargate(needs)
        ? ['TaskDefinition', `${id} does not have FARGATE in RequiresCompatibilities.`]
        : undefined;
    }),
  },
  {
    code: 'E3713',
    name: 'fargate-log-driver',
    message: 'Tasks on Fargate do not have this driver of logs.',
    why: RESOURCE_REFUSED,
    fix: 'Write awslogs, splunk or awsfirelens.',
    url: `${ECS}/using_awslogs.html`,
    bad: [withLogs('syslog', ' # <-')],
    good: [withLogs('splunk')],
    check: linked(SERVICE, 'TaskDefinition', TASK, ({ own, other, id }) => {
      const drivers = valuesAt(other, 'ContainerDefinitions.*.LogConfiguration.LogDriver', [], new Map());
      const bad = drivers
        .map(({ value }) => literal(value))
        .find((one) => one !== undefined && !LOG_DRIVERS.includes(one));
      return textAt(own, 'LaunchType') === 'FARGATE' && bad !== undefined
        ? ['TaskDefinition', `${id} writes logs with ${bad}, which Fargate does not have.`]
        : undefined;
    }),
  },
];

/** Whether a list of what a task may run on is without Fargate, as far as the template tells. */
function lacksFargate(needs: Json): boolean {
  return isList(needs) && needs.every((one) => literal(one) !== undefined && one !== 'FARGATE');
}
