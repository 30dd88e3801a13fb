import type { z } from 'zod';
import { isWhole } from './coerce.ts';

type Issue = z.core.$ZodIssue;
type Bound = z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig;
type SizeRule = 'min' | 'max' | 'gt' | 'lt' | 'size';
type SizePredicates = Partial<Record<SizeRule, (limit: number | bigint) => string>>;

/** The broken rule and what the value should have been: "must be a string". */
type Requirement = readonly [rule: string, predicate: string];

/** The properties that zod adds to issues of `startsWith`, `endsWith` and `includes`. */
interface Affixes {
  readonly format: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly includes?: string;
}

/** A broken rule, by the original's name for it, and its message. */
export interface Fault {
  rule: string;
  message: string;
}

const invalid: Requirement = ['invalid', 'is invalid'];
const required: Requirement = ['required', 'is required'];
const inexact: Requirement = [
  'numeric',
  `must be between -${Number.MAX_SAFE_INTEGER} and ${Number.MAX_SAFE_INTEGER}, since larger numbers are not kept exactly`,
];
const chosen: Requirement = ['in', 'is invalid'];

const types: Readonly<Record<string, Requirement>> = {
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

const formats: Readonly<Record<string, Requirement>> = {
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

const numberSizes: Readonly<Required<SizePredicates>> = {
  min: (limit) => `must be at least ${limit}`,
  max: (limit) => `must not be greater than ${limit}`,
  gt: (limit) => `must be greater than ${limit}`,
  lt: (limit) => `must be less than ${limit}`,
  size: (limit) => `must be ${limit}`,
};

const listSizes: SizePredicates = {
  min: (limit) => `must have at least ${limit} items`,
  max: (limit) => `must not have more than ${limit} items`,
  size: (limit) => `must contain ${limit} items`,
};

const sizes: Readonly<Record<string, SizePredicates>> = {
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

/** Marks an issue of a whole-number schema. For text, zod itself would only say "number". */
const wholeNumber = '\0int';

/**
 * A per-parse error map for zod that marks every issue to be worded here.
 *
 * Zod calls it only where the author wrote no message, and passes the schema with the issue only here.
 *
 * @returns An empty text or a mark. Any other message afterwards is the author's own.
 * @example z.safeParse(schema, value, { error: markIssue })
 */
export const markIssue: z.core.$ZodErrorMap = ({ code, inst }) =>
  code === 'invalid_type' && inst !== undefined && isWhole(inst) ? wholeNumber : '';

/**
 * A field's path as it appears in errors.
 *
 * @example fieldPath(['replies', 0]) // 'replies.0'
 */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

/** A field's name as it appears in messages: `admin_only` and `adminOnly` both become "admin only". */
function attributeName(path: readonly PropertyKey[]): string {
  const words = fieldPath(path).replaceAll('_', ' ');
  return words.replace(/(?<=[a-z0-9])[A-Z]/g, ' $&').toLowerCase();
}

/**
 * Converts a zod issue to a rule and a message, worded like the original's.
 *
 * @param issue An issue of a parse with `markIssue`; a message that the author wrote is kept.
 * @param isAbsent Whether nothing was given. The rule is then `required`, whatever zod reported.
 * @param isInexact Whether it was a number that would lose precision.
 * @example faultOf(issue, true) // { rule: 'required', message: 'The replies field is required.' }
 */
export function faultOf(issue: Issue, isAbsent: boolean, isInexact = false): Fault {
  const requirement = isInexact ? inexact : requirementOf(issue);
  const [rule, predicate] = isAbsent ? required : requirement;
  if (!isOurs(issue)) return { rule, message: issue.message };
  const attribute = attributeName(issue.path);
  const subject = rule === 'in' ? `The selected ${attribute}` : `The ${attribute} field`;
  return { rule, message: `${subject} ${predicate}.` };
}

const isOurs = ({ message }: Issue): boolean => message === '' || message === wholeNumber;

function requirementOf(issue: Issue): Requirement {
  switch (issue.code) {
    case 'invalid_type':
      return types[issue.message === wholeNumber ? 'int' : issue.expected] ?? invalid;
    case 'too_small':
      return sizeRequirement(issue, issue.inclusive === false ? 'gt' : 'min', issue.minimum);
    case 'too_big':
      return sizeRequirement(issue, issue.inclusive === false ? 'lt' : 'max', issue.maximum);
    case 'invalid_format':
      return formats[issue.format] ?? affixRequirement(issue);
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

function sizeRequirement({ origin, exact }: Bound, bound: SizeRule, limit: number | bigint): Requirement {
  // Not a safe integer: this limit of an integer is zod's own, not the author's.
  if (origin === 'int') return types.int ?? invalid;
  const rule = exact ? 'size' : bound;
  const predicate = sizes[origin]?.[rule] ?? numberSizes[rule];
  return [rule, predicate(limit)];
}

function affixRequirement({ prefix, suffix, includes }: Affixes): Requirement {
  if (prefix !== undefined) return ['starts_with', `must start with one of the following: ${prefix}`];
  if (suffix !== undefined) return ['ends_with', `must end with one of the following: ${suffix}`];
  if (includes !== undefined) return ['contains', `must contain ${includes}`];
  return ['regex', 'format is invalid'];
}

/**
 * Replaces an issue of a union that nothing fits with the issues of the option that came closest.
 *
 * @returns The issue itself if it is not of a union, has an author's message, or no option came closest.
 * @example plainIssues(unionIssue) // for ['a', null] as text or a list of texts: the issue of item 1
 */
export function plainIssues(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || !isOurs(issue)) return [issue];
  const options = issue.errors.map((errors) => errors.flatMap((inner) => plainIssues(within(issue, inner))));
  const closest = options.find((inner) => inner.every(({ path }) => path.length > issue.path.length));
  if (closest !== undefined) return closest;
  const [first, ...others] = options.flat();
  const agree = others.every(
    (other) => first !== undefined && requirementOf(other)[0] === requirementOf(first)[0],
  );
  return first !== undefined && agree ? [first] : [issue];
}

const within = (outer: Issue, inner: Issue): Issue => ({ ...inner, path: [...outer.path, ...inner.path] });
