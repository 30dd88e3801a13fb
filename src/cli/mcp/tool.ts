import type { ToolAnnotations } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { createError } from '../../base/errors.ts';
import type { Workspace } from '../../config/workspace.ts';

/** What a tool works with. */
export interface ToolContext {
  workspace: Workspace;
  /** Aborts when the server ends. */
  signal: AbortSignal;
}

/** The result of a tool: the same facts as data and as text. */
interface ToolResult {
  data: Record<string, unknown>;
  text: string;
}

/** What a tool changes. */
type Effect = 'reads' | 'adds' | 'removes' | 'sends';

interface Definition<Shape extends z.ZodRawShape> {
  name: string;
  title: string;
  description: string;
  effect: Effect;
  /** The schema of each argument, with a description. */
  input: Shape;
  run: (context: ToolContext, input: z.output<z.ZodObject<Shape>>) => Promise<ToolResult>;
}

/** A tool as the server lists and calls it. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  annotations: ToolAnnotations;
  /** The JSON schema of its arguments. */
  inputSchema: { type: 'object'; [key: string]: unknown };
  /** @throws WRONG_USE when the arguments do not fit the schema; what the work throws */
  call: (context: ToolContext, input: unknown) => Promise<ToolResult>;
}

const hints: Record<Effect, ToolAnnotations> = {
  reads: { readOnlyHint: true, destructiveHint: false, idempotentHint: true },
  adds: { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
  removes: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
  // Handlers may do anything with a message.
  sends: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
};

/**
 * Defines a tool. Its arguments are checked before it runs, and unknown ones are errors.
 *
 * @example defineTool({ name: 'list_handlers', …, input: {}, run: async (context) => ({ data, text }) })
 */
export function defineTool<Shape extends z.ZodRawShape>(definition: Definition<Shape>): Tool {
  const { name, title, description, effect, input, run } = definition;
  const schema = z.strictObject(input);
  return {
    name,
    title,
    description,
    annotations: { openWorldHint: false, ...hints[effect] },
    inputSchema: { ...z.toJSONSchema(schema, { io: 'input' }), type: 'object' },
    call: async (context, given) => run(context, parseInput(name, schema, given)),
  };
}

/** @throws WRONG_USE */
function parseInput<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  given: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw createError('WRONG_USE', `The tool ${name} cannot use these arguments: ${issuesOf(parsed.error)}`);
}

const issuesOf = ({ issues }: z.ZodError): string =>
  issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}.` : `${message}.`))
    .join(' ');
