import { openClient } from '../cloud/client.ts';
import { awsFailure } from '../cloud/errors.ts';
import type { AwsPlace } from '../cloud/place.ts';
import type { KeptThing } from './remembered.ts';

/** How the things of a type are removed, and looked for. Both throw what the service answers. */
interface Removal {
  remove(id: string): Promise<unknown>;
  /** Throws, or gives nothing, where there is none any more. */
  look?(id: string): Promise<unknown>;
  close(): void;
}

/** What the services call a thing that is not there. */
const GONE = /NotFound|DoesNotExist|EntityDoesNotExist|ResourceNotFound/;

/** What they call a thing that something is still in. */
const IN_USE = /DependencyViolation|InUse/;

/** Whether a thing is gone, going, or still held by another. */
export type Removed = 'gone' | 'going' | 'held';

/**
 * Begins to remove a thing, or looks whether it has gone. Asking again is harmless.
 * @returns `held` where something is still in it: later it may go
 * @throws what the service answers to anything else
 */
export async function removeThing({ type, id }: KeptThing, place: AwsPlace): Promise<Removed> {
  const removal = await removalOf(type, place);
  if (removal === undefined) throw new Error(`podlaunch does not know how to remove ${type}`);
  const { look } = removal;
  try {
    if (look && (await look(id)) === 'going') return 'going';
    await removal.remove(id);
    return look ? 'going' : 'gone';
  } catch (thrown) {
    const { name } = awsFailure(thrown);
    if (GONE.test(name)) return 'gone';
    if (IN_USE.test(name)) return 'held';
    throw thrown;
  } finally {
    removal.close();
  }
}

async function removalOf(type: string, place: AwsPlace): Promise<Removal | undefined> {
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

async function fileSystems(place: AwsPlace): Promise<Removal> {
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
      return FileSystems[0]?.Lifecycle === 'DELETING' ? 'going' : 'there';
    },
  };
}

async function directories(place: AwsPlace): Promise<Removal> {
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
      return DirectoryDescriptions[0]!.Stage === 'Deleting' ? 'going' : 'there';
    },
  };
}

async function secrets(place: AwsPlace): Promise<Removal> {
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

async function networks(type: string, place: AwsPlace): Promise<Removal> {
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
