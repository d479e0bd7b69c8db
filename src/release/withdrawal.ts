/** That a release or a key is to be used no more. */
export interface Withdrawal {
  /** When, by the clock of who withdrew it. */
  readonly at: string;
  readonly why: string;
}
