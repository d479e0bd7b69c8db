import { openClient } from '../cloud/client.ts';
import type { AwsPlace } from '../cloud/place.ts';

/** How the things of a type are removed, and looked at. All throw what the service answers. */
export interface ThingService {
  remove(id: string): Promise<unknown>;
  /** Throws, or gives nothing, where there is none any more. */
  look?(id: string): Promise<LookedAt>;
  close(): void;
}

/** A thing as its service shows it. */
export interface LookedAt {
  readonly isGoing: boolean;
  /** Ids of the subnets that it is in. */
  readonly subnets: readonly string[];
}

/** Opens the service that has the things of a type; undefined for a type that podlaunch does not remove. */
export async function openThings(type: string, place: AwsPlace): Promise<ThingService | undefined> {
  switch (type) {
    case 'AWS::FSx::FileSystem':
      return fileSystems(place);
    case 'AWS::DirectoryService::MicrosoftAD':
      return directories(place);
    case 'AWS::SecretsManager::Secret':
      return secrets(place);
    case 'AWS::EC2::SecurityGroup':
    case 'AWS::EC2::Subnet':
    case 'AWS::EC2::VPC':
      return networks(type, place);
    default:
      return undefined;
  }
}

async function fileSystems(place: AwsPlace): Promise<ThingService> {
  const { sdk, client } = await openClient(
    { service: 'FSx', ...place },
    () => import('@aws-sdk/client-fsx'),
    ({ FSxClient }, settings) => new FSxClient(settings),
  );
  return {
    close: () => client.destroy(),
    remove: (FileSystemId) => client.send(new sdk.DeleteFileSystemCommand({ FileSystemId })),
    async look(id) {
      const { FileSystems = [] } = await client.send(new sdk.DescribeFileSystemsCommand({ FileSystemIds: [id] }));
      const [{ Lifecycle, SubnetIds = [] } = {}] = FileSystems;
      return { isGoing: Lifecycle === 'DELETING', subnets: SubnetIds };
    },
  };
}

async function directories(place: AwsPlace): Promise<ThingService> {
  const { sdk, client } = await openClient(
    { service: 'Directory_Service', ...place },
    () => import('@aws-sdk/client-directory-service'),
    ({ DirectoryServiceClient }, settings) => new DirectoryServiceClient(settings),
  );
  return {
    close: () => client.destroy(),
    remove: (DirectoryId) => client.send(new sdk.DeleteDirectoryCommand({ DirectoryId })),
    async look(id) {
      const command = new sdk.DescribeDirectoriesCommand({ DirectoryIds: [id] });
      const { DirectoryDescriptions = [] } = await client.send(command);
      if (DirectoryDescriptions.length === 0)
        throw Object.assign(new Error(`${id} is gone`), { name: 'EntityDoesNotExistException' });
      const { Stage, VpcSettings } = DirectoryDescriptions[0]!;
      return { isGoing: Stage === 'Deleting', subnets: VpcSettings?.SubnetIds ?? [] };
    },
  };
}

async function secrets(place: AwsPlace): Promise<ThingService> {
  const { sdk, client } = await openClient(
    { service: 'Secrets_Manager', ...place },
    () => import('@aws-sdk/client-secrets-manager'),
    ({ SecretsManagerClient }, settings) => new SecretsManagerClient(settings),
  );
  return {
    close: () => client.destroy(),
    // The usual 30 days in which it can be had back.
    remove: (SecretId) => client.send(new sdk.DeleteSecretCommand({ SecretId })),
  };
}

async function networks(type: string, place: AwsPlace): Promise<ThingService> {
  const { sdk, client } = await openClient(
    { service: 'EC2', ...place },
    () => import('@aws-sdk/client-ec2'),
    ({ EC2Client }, settings) => new EC2Client(settings),
  );
  const remove = (id: string): Promise<unknown> => {
    if (type === 'AWS::EC2::Subnet') return client.send(new sdk.DeleteSubnetCommand({ SubnetId: id }));
    if (type === 'AWS::EC2::VPC') return client.send(new sdk.DeleteVpcCommand({ VpcId: id }));
    return client.send(new sdk.DeleteSecurityGroupCommand({ GroupId: id }));
  };
  return { close: () => client.destroy(), remove };
}
