/** The text of src/config/generated/validate-config.mjs. */
export function configValidator(): string;
/** Writes it. */
export function generate(): string;
