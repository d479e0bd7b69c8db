/** What destroying would do, in words. */
export interface PlannedDestroy {
  readonly region: string;
  readonly project: string;
  /** What is done, in this order. */
  readonly steps: readonly string[];
  /** What stays, and whether it costs on. */
  readonly stays: readonly string[];
}

/** How it ended. */
export interface DestroyedProject extends PlannedDestroy {
  readonly result: 'destroyed' | 'declined' | 'nothing';
}
