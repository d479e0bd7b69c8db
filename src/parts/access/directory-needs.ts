import { DIRECTORY_ID, DOMAIN_NAME, IPV4_ADDRESS } from '../../aws/patterns.ts';
import { optionalText, passedText, text } from '../base/needs.ts';

const group = 'Directory (outputs of stack 2, directory)';

/** What a host that joins the directory asks of it. */
export const DIRECTORY_TO_JOIN = {
  DomainName: text<string>({
    group,
    label: 'Domain name',
    Description: "DNS name of the directory's domain.",
    ...DOMAIN_NAME,
  }),
  DirectoryId: optionalText<string>({
    group,
    given: 'HasDirectory',
    label: 'Directory',
    Description: 'Only a Windows host needs it, with its addresses: there is none for a directory that existed before.',
    ...DIRECTORY_ID,
  }),
  FirstDirectoryAddress: passedText<string>({
    group,
    label: 'First domain controller',
    Description: 'Address of the first domain controller.',
    ...IPV4_ADDRESS,
  }),
  SecondDirectoryAddress: passedText<string>({
    group,
    label: 'Second domain controller',
    Description: 'Address of the second domain controller.',
    ...IPV4_ADDRESS,
  }),
} as const;
