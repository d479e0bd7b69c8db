import type { ValidateFunction } from 'ajv';

/** The JSON Schema of podlaunch.yaml, as code. */
export declare const validate: ValidateFunction;
