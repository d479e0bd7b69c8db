import { DOMAIN_NAME, SHORT_NAME } from '../../aws/patterns.ts';
import { part } from '../base/part.ts';

interface WithDirectory {
  readonly directory: {
    readonly domain: string;
    readonly shortName: string;
    readonly edition: 'Standard' | 'Enterprise';
  };
}

/** The domain of the directory, whether it is made or exists. */
export const domain = part({
  name: 'domain',
  group: 'Directory',
  choices: (form, { directory }: WithDirectory) => ({
    DomainName: form.text('DomainName', {
      label: 'Domain name',
      Description:
        'DNS name of the directory. It need not exist in public DNS; avoid .local, which many resolvers do not ask DNS for. A change makes a new, empty directory.',
      Default: directory.domain,
      ...DOMAIN_NAME,
    }),
    ShortName: form.text('ShortName', {
      label: 'Short name (NetBIOS)',
      Description: 'Also the name of the OU of users and groups. A change makes a new, empty directory.',
      Default: directory.shortName,
      ...SHORT_NAME,
    }),
    edition: form.choice('Edition', {
      label: 'Edition',
      Description:
        'Standard is for up to 30,000 objects, Enterprise for up to 500,000. A change makes a new, empty directory.',
      Default: directory.edition,
      values: ['Standard', 'Enterprise'],
    }),
  }),
  build: (_, chosen) => chosen,
  gives: {
    DomainName: "DNS name of the directory's domain.",
    ShortName: 'Short name (NetBIOS) of the domain.',
    edition: 'Edition of the directory.',
  },
});
