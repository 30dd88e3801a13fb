import type { z } from 'zod';
import { isWhole } from './coerce.ts';

type Issue = z.core.$ZodIssue;
type Bound = z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig;
type SizeRule = 'min' | 'max' | 'gt' | 'lt' | 'size';
type SizeSentences = Partial<Record<SizeRule, (limit: number | bigint) => string>>;

/** The rule that a value broke, and what it should have been: "must be a string". */
type Demand = readonly [rule: string, predicate: string];

/** What zod adds to an issue of `startsWith`, `endsWith` and `includes`. */
interface Affixes {
  readonly format: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly includes?: string;
}

/** A broken rule, by the original's name for it, and its sentence for a person. */
export interface Fault {
  rule: string;
  sentence: string;
}

const invalid: Demand = ['invalid', 'is invalid'];
const required: Demand = ['required', 'is required'];
const inexact: Demand = [
  'numeric',
  `must be between -${Number.MAX_SAFE_INTEGER} and ${Number.MAX_SAFE_INTEGER}, since larger numbers are not kept exactly`,
];
const chosen: Demand = ['in', 'is invalid'];

const types: Readonly<Record<string, Demand>> = {
  string: ['string', 'must be a string'],
  number: ['numeric', 'must be a number'],
  int: ['integer', 'must be an integer'],
  bigint: ['integer', 'must be an integer'],
  boolean: ['boolean', 'must be true or false'],
  array: ['array', 'must be an array'],
  tuple: ['array', 'must be an array'],
  object: ['object', 'must be an object'],
  record: ['object', 'must be an object'],
  date: ['date', 'must be a valid date'],
  nonoptional: required,
};

const formats: Readonly<Record<string, Demand>> = {
  email: ['email', 'must be a valid email address'],
  url: ['url', 'must be a valid URL'],
  uuid: ['uuid', 'must be a valid UUID'],
  guid: ['uuid', 'must be a valid UUID'],
  ulid: ['ulid', 'must be a valid ULID'],
  ipv4: ['ipv4', 'must be a valid IPv4 address'],
  ipv6: ['ipv6', 'must be a valid IPv6 address'],
  mac: ['mac_address', 'must be a valid MAC address'],
  json_string: ['json', 'must be a valid JSON string'],
  date: ['date', 'must be a valid date'],
  datetime: ['date', 'must be a valid date'],
  lowercase: ['lowercase', 'must be lowercase'],
  uppercase: ['uppercase', 'must be uppercase'],
};

const numberSizes: Readonly<Required<SizeSentences>> = {
  min: (limit) => `must be at least ${limit}`,
  max: (limit) => `must not be greater than ${limit}`,
  gt: (limit) => `must be greater than ${limit}`,
  lt: (limit) => `must be less than ${limit}`,
  size: (limit) => `must be ${limit}`,
};

const listSizes: SizeSentences = {
  min: (limit) => `must have at least ${limit} items`,
  max: (limit) => `must not have more than ${limit} items`,
  size: (limit) => `must contain ${limit} items`,
};

const sizes: Readonly<Record<string, SizeSentences>> = {
  array: listSizes,
  set: listSizes,
  map: listSizes,
  string: {
    min: (limit) => `must be at least ${limit} characters`,
    max: (limit) => `must not be greater than ${limit} characters`,
    size: (limit) => `must be ${limit} characters`,
  },
  date: {
    min: (limit) => `must be a date after or equal to ${isoDate(limit)}`,
    max: (limit) => `must be a date before or equal to ${isoDate(limit)}`,
  },
};

const isoDate = (time: number | bigint): string => new Date(Number(time)).toISOString();

/** Message of an issue that a whole-number schema raised; zod itself says "number" of text there. */
const wholeNumber = '\0int';

/**
 * The per-parse error map of zod for everything that is to be worded here.
 *
 * Zod asks it only where the author wrote no message, and shows the schema beside the issue only here.
 *
 * @returns The empty text, or a mark: what is neither afterwards is the author's own message.
 * @example z.safeParse(schema, value, { error: markIssue })
 */
export const markIssue: z.core.$ZodErrorMap = ({ code, inst }) =>
  code === 'invalid_type' && inst !== undefined && isWhole(inst) ? wholeNumber : '';

/**
 * The path of a field as the errors name it.
 *
 * @example fieldPath(['replies', 0]) // 'replies.0'
 */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

/** A field's path as a sentence names it: `admin_only` and `adminOnly` are both "admin only". */
function attributeName(path: readonly PropertyKey[]): string {
  const words = fieldPath(path).replaceAll('_', ' ');
  return words.replace(/(?<=[a-z0-9])[A-Z]/g, ' $&').toLowerCase();
}

/**
 * One issue of zod as a rule and a sentence, worded like the original's.
 *
 * @param issue An issue of a parse with `markIssue`; a message that the author wrote is kept as it is.
 * @param isAbsent Whether nothing was given: the rule is `required` then, whatever zod looked for.
 * @param isInexact Whether it was a number that would change.
 * @example faultOf(issue, true) // { rule: 'required', sentence: 'The replies field is required.' }
 */
export function faultOf(issue: Issue, isAbsent: boolean, isInexact = false): Fault {
  const demand = isInexact ? inexact : demandOf(issue);
  const [rule, predicate] = isAbsent ? required : demand;
  if (!isOurs(issue)) return { rule, sentence: issue.message };
  const attribute = attributeName(issue.path);
  const subject = rule === 'in' ? `The selected ${attribute}` : `The ${attribute} field`;
  return { rule, sentence: `${subject} ${predicate}.` };
}

const isOurs = ({ message }: Issue): boolean => message === '' || message === wholeNumber;

function demandOf(issue: Issue): Demand {
  switch (issue.code) {
    case 'invalid_type':
      return types[issue.message === wholeNumber ? 'int' : issue.expected] ?? invalid;
    case 'too_small':
      return sizeDemand(issue, issue.inclusive === false ? 'gt' : 'min', issue.minimum);
    case 'too_big':
      return sizeDemand(issue, issue.inclusive === false ? 'lt' : 'max', issue.maximum);
    case 'invalid_format':
      return formats[issue.format] ?? affixDemand(issue);
    case 'invalid_value':
      return chosen;
    case 'invalid_union':
      return 'discriminator' in issue ? chosen : invalid;
    case 'not_multiple_of':
      return ['multiple_of', `must be a multiple of ${issue.divisor}`];
    case 'unrecognized_keys':
      return ['keys', `must not contain ${issue.keys.join(', ')}`];
    default:
      return invalid;
  }
}

function sizeDemand({ origin, exact }: Bound, bound: SizeRule, limit: number | bigint): Demand {
  // Beyond what a number can count exactly: zod's own limit of an integer, not the author's.
  if (origin === 'int') return types.int ?? invalid;
  const rule = exact ? 'size' : bound;
  const predicate = sizes[origin]?.[rule] ?? numberSizes[rule];
  return [rule, predicate(limit)];
}

function affixDemand({ prefix, suffix, includes }: Affixes): Demand {
  if (prefix !== undefined) return ['starts_with', `must start with one of the following: ${prefix}`];
  if (suffix !== undefined) return ['ends_with', `must end with one of the following: ${suffix}`];
  if (includes !== undefined) return ['contains', `must contain ${includes}`];
  return ['regex', 'format is invalid'];
}

/**
 * An issue as the issues a person can act on: of a union that nothing fits, those of the option that came closest.
 *
 * @returns The issue itself if it is no union's, if the author worded it, or if no option came closer than others.
 * @example plainIssues(unionIssue) // for ['a', null] as text or a list of texts: the issue of item 1
 */
export function plainIssues(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || !isOurs(issue)) return [issue];
  const options = issue.errors.map((errors) => errors.flatMap((inner) => plainIssues(within(issue, inner))));
  const closest = options.find((inner) => inner.every(({ path }) => path.length > issue.path.length));
  if (closest !== undefined) return closest;
  const [first, ...others] = options.flat();
  const agree = others.every((other) => first !== undefined && demandOf(other)[0] === demandOf(first)[0]);
  return first !== undefined && agree ? [first] : [issue];
}

const within = (outer: Issue, inner: Issue): Issue => ({ ...inner, path: [...outer.path, ...inner.path] });
