/** Values that a shell must not take for anything but text. */
export const HOSTILE: readonly string[] = [
  `it's`,
  `'; touch /tmp/owned; '`,
  '$(touch owned) `touch owned` ${HOME}',
  '"quoted" \\ back\\\\slash',
  'a,b=c [d] {e} ~ * ? # ! & | < >',
  'Größe 日本 🚀',
  '-n --parameters',
  'file:///etc/passwd',
];
