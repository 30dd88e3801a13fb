import { isExact } from '../../base/exact-json.ts';
import { jsonFault } from '../../base/json-fault.ts';
import { counted } from '../../base/terminal-text.ts';
import type { FormFieldJson } from '../../client/index.ts';

type Limits = NonNullable<FormFieldJson['limits']>;

/** What an input takes, in words: `whole number, 0 to 900`. */
export function kindOf({ type, choices, limits = {}, required }: FormFieldJson): string {
  const kind = kinds[type](limits, choices ?? []);
  return required ? kind : `${kind}, may be empty`;
}

const kinds: Record<FormFieldJson['type'], (limits: Limits, choices: readonly string[]) => string> = {
  text: (limits) => `${limits.format ?? 'text'}${range(limits, ' characters')}`,
  number: (limits) => `${limits.whole ? 'whole number' : 'number'}${range(limits)}`,
  boolean: () => 'true or false',
  choice: (_, choices) => `one of ${choices.join(', ')}`,
  list: (limits) => `texts, one on each line${range(limits, ' of them')}`,
  json: ({ shape }) => (shape === undefined ? 'JSON' : `JSON: ${shapes[shape]}`),
};

const shapes = { object: 'an object {…}', array: 'a list […]' };

function range({ min, max, above, below }: Limits, unit = ''): string {
  if (min !== undefined && max !== undefined) return `, ${min} to ${max}${unit}`;
  const lower = above === undefined ? min !== undefined && `at least ${min}` : `more than ${above}`;
  const upper = below === undefined ? max !== undefined && `at most ${max}` : `less than ${below}`;
  const both = [lower, upper].filter(Boolean).join(' and ');
  return both && `, ${both}${unit}`;
}

/** What is wrong with the text of an input, as far as it can be told here; the server knows the rest. */
export function problemOf({ type, limits = {} }: FormFieldJson, text: string): string | undefined {
  if (text.trim() === '') return undefined;
  return problems[type](text, limits);
}

const problems: Record<FormFieldJson['type'], (text: string, limits: Limits) => string | undefined> = {
  text: (text, limits) => sizeProblem(text.length, limits, 'character'),
  number: (text, limits) => numberProblem(text.trim(), limits),
  boolean: () => undefined,
  choice: () => undefined,
  list: (text, limits) =>
    sizeProblem(text.split('\n').filter((item) => item.trim() !== '').length, limits, 'text'),
  json: (text, { shape }) => {
    const fault = jsonFault(text);
    if (fault !== undefined) return `The JSON is not right: ${fault}.`;
    const first = text.trim().charAt(0);
    const isFitting = shape === undefined || first === { object: '{', array: '[' }[shape];
    return isFitting ? undefined : `This must be ${shapes[shape]}.`;
  },
};

function numberProblem(text: string, { min, max, above, below, whole }: Limits): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text) || !isExact(text)) return 'This is not a number.';
  const value = Number(text);
  if (whole === true && !Number.isInteger(value)) return 'This must be a whole number.';
  if (min !== undefined && value < min) return `This must be at least ${min}.`;
  if (max !== undefined && value > max) return `This must be at most ${max}.`;
  if (above !== undefined && value <= above) return `This must be more than ${above}.`;
  if (below !== undefined && value >= below) return `This must be less than ${below}.`;
  return undefined;
}

function sizeProblem(size: number, { min, max }: Limits, unit: string): string | undefined {
  if (min !== undefined && size < min)
    return `This has ${counted(size, unit)}; it must have at least ${min}.`;
  if (max !== undefined && size > max) return `This has ${counted(size, unit)}; it must have at most ${max}.`;
  return undefined;
}
