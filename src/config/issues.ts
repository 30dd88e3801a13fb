import type { z } from 'zod';
import { didYouMean } from '../base/nearest.ts';
import { variableOf } from './environment.ts';
import { configSchema } from './schema.ts';

/**
 * Describes the errors in a configuration on one line, with the variable that an invalid value comes from.
 */
export const issuesText = (error: z.core.$ZodError, environment: NodeJS.ProcessEnv): string =>
  error.issues.map((issue) => issueText(issue, environment)).join('; ');

function issueText(issue: z.core.$ZodIssue, environment: NodeJS.ProcessEnv): string {
  const setting = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(key, issue.path)).join('; ');
  const variable = variableOf(setting, environment);
  return `${issue.message}${setting && ` at ${setting}`}${variable ? ` (from ${variable})` : ''}`;
}

function unknownKey(key: string, path: readonly PropertyKey[]): string {
  const near = didYouMean(key, settingsAt(path));
  return `there is no setting "${[...path.map(String), key].join('.')}"${near && `.${near}`}`;
}

/** The parts of a zod definition used here. Read by shape, whatever its type. */
interface Definition extends z.core.$ZodTypeDef {
  readonly innerType?: z.core.$ZodType;
  readonly shape?: z.core.$ZodShape;
}

/** The settings available at a path of the configuration. */
function settingsAt(path: readonly PropertyKey[]): string[] {
  const shape = path.reduce<z.core.$ZodShape>((at, key) => shapeOf(at[String(key)]), configSchema.shape);
  return Object.keys(shape);
}

function shapeOf(schema: z.core.$ZodType | undefined): z.core.$ZodShape {
  const { innerType, shape = {} }: Definition = schema?._zod.def ?? { type: 'unknown' };
  return innerType ? shapeOf(innerType) : shape;
}
