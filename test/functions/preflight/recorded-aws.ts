import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What is answered: the JSON of an operation (of the request), or of a path; a text is the name of an error. */
export interface Answers {
  readonly [operation: string]: object | string | ((request: Readonly<Record<string, unknown>>) => object | string);
}

/** A server that answers for services of AWS that no emulator has, in their JSON protocols. */
export interface RecordedAws {
  readonly url: string;
  answers: Answers;
  stop(): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1. An operation without an answer is denied. */
export async function startRecordedAws(): Promise<RecordedAws> {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const entry = recorded.answers[operationOf(request)] ?? 'AccessDeniedException';
    const answer = typeof entry === 'function' ? entry(body === '' ? {} : JSON.parse(body)) : entry;
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    if (typeof answer !== 'string') return void response.end(JSON.stringify(answer));
    response.statusCode = 400;
    response.end(JSON.stringify({ __type: answer, message: `${operationOf(request)} says no` }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const recorded: RecordedAws = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: {},
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return recorded;
}

/** `ListServiceQuotas`; for Lambda, which is asked by paths, `/2016-08-19/account-settings`. */
function operationOf({ headers, url }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  return typeof target === 'string' ? target.split('.').at(-1)! : new URL(url!, 'http://aws').pathname;
}

/**
 * Shaped by the API references of Service Quotas (ServiceQuota), Lambda (GetAccountSettings) and SageMaker
 * (DescribeCluster, DescribeTrainingPlan); names, codes and values as an account of 2026 has them.
 */
export function accountAnswers(values: Readonly<Record<string, number>> = {}): Answers {
  const quota = (ServiceCode: string, QuotaCode: string, QuotaName: string, Value: number) => ({
    ...{ ServiceCode, QuotaCode, QuotaName, Unit: 'None', Adjustable: true, GlobalQuota: false },
    Value: values[QuotaName] ?? Value,
  });
  const applied = [quota('sagemaker', 'L-A15DF696', 'ml.g6e.12xlarge for cluster usage', 2)];
  const defaults = [
    quota('sagemaker', 'L-A15DF696', 'ml.g6e.12xlarge for cluster usage', 0),
    quota('sagemaker', 'L-2CE978FC', 'Maximum number instances allowed per SageMaker HyperPod cluster', 20),
    quota('sagemaker', 'L-3308CCC7', 'Total number of instances allowed across SageMaker HyperPod clusters', 30),
    quota(
      'sagemaker',
      'L-E13DF72A',
      'Maximum size of EBS volume in GB for a SageMaker HyperPod cluster instance',
      1024,
    ),
  ];
  const network = [
    quota('vpc', 'L-F678F1CE', 'VPCs per Region', 5),
    quota('vpc', 'L-A4707A72', 'Internet gateways per Region', 5),
    quota('vpc', 'L-FE5A380F', 'NAT gateways per Availability Zone', 5),
    quota('ec2', 'L-0263D0A3', 'EC2-VPC Elastic IPs', 5),
  ];
  const other = (index: number) => quota('sagemaker', `L-${index}`, `ml.other.${index} for training job usage`, 0);
  return {
    // Two pages: what is asked for is on the second.
    ListServiceQuotas: ({ NextToken }) =>
      NextToken ? { Quotas: applied } : { Quotas: Array.from({ length: 100 }, (_, i) => other(i)), NextToken: 'more' },
    ListAWSDefaultServiceQuotas: { Quotas: defaults },
    GetServiceQuota: ({ QuotaCode }) =>
      QuotaCode === 'L-0263D0A3' ? { Quota: network[3]! } : 'NoSuchResourceException',
    GetAWSDefaultServiceQuota: ({ QuotaCode }) => ({ Quota: network.find((one) => one.QuotaCode === QuotaCode)! }),
    '/2016-08-19/account-settings': {
      AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10, TotalCodeSize: 80530636800 },
    },
    ListClusters: { ClusterSummaries: [{ ClusterName: 'other', ClusterStatus: 'InService' }] },
    DescribeCluster: {
      ClusterName: 'other',
      InstanceGroups: [{ InstanceGroupName: 'w', InstanceType: 'ml.g6e.12xlarge', CurrentCount: 0, TargetCount: 1 }],
    },
    DescribeTrainingPlan: {
      TrainingPlanName: 'mine',
      Status: 'Active',
      TargetResources: ['hyperpod-cluster'],
      AvailableInstanceCount: 4,
      ReservedCapacitySummaries: [{ InstanceType: 'ml.g6e.12xlarge', AvailabilityZoneId: 'usw2-az2' }],
    },
  };
}
