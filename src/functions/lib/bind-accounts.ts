/** The accounts that nodes search the directory with, in turn. These names are fixed here; no request and no secret gives one. */
export const BIND_ACCOUNTS = ['ReadOnly', 'ReadOnly2'] as const;
