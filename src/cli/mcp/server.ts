import { setImmediate } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListToolsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import pLimit from 'p-limit';
import manifest from '../../../package.json' with { type: 'json' };
import { errorJson } from '../../base/error-json.ts';
import { createError, MessengerError } from '../../base/errors.ts';
import { fieldLines } from '../../base/field-errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { systemFailure } from '../../base/system-error.ts';
import { escapeControls } from '../text.ts';
import type { ToolContext } from './tool.ts';
import { tools } from './tools.ts';

const instructions = `These tools test chat bots of a workspace of messenger-bots. A bot handler is a TypeScript file in bots/. Write or edit it, attach it, send a message as a person, and see what the bots answer and why. Saved files apply from the next call.`;

/** A server for one client. */
export interface ToolServer {
  server: McpServer;
  /** Resolves once every call that was received has been answered. */
  idle(): Promise<void>;
}

/**
 * Creates the server of the Model Context Protocol that offers the tools. Calls are done one after the other, in the
 * order in which they arrive, so that a client may send several at once: each sees what the one before it did.
 *
 * @example await createServer({ workspace, signal }).server.connect(new StdioServerTransport())
 */
export function createServer(context: ToolContext): ToolServer {
  const info = { name: 'messenger-bots', version: manifest.version };
  const mcp = new McpServer(info, { instructions });
  mcp.server.registerCapabilities({ tools: {} });
  const oneByOne = pLimit(1);
  const calls = new Set<Promise<unknown>>();
  mcp.server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(shown) }));
  mcp.server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal }) => {
    const call = oneByOne(() => callTool(context, params, signal));
    calls.add(call);
    return call.finally(() => calls.delete(call));
  });
  return {
    server: mcp,
    idle: async () => {
      // What was read becomes a call, and a result becomes an answer, only after other callbacks have run.
      do await setImmediate();
      while ((await Promise.all(calls)).length > 0);
    },
  };
}

const shown = ({ call: _, ...tool }: (typeof tools)[number]) => tool;

/** Calls a tool. An error is a result, too: the agent reads it and tries something else. */
async function callTool(
  context: ToolContext,
  { name, arguments: input = {} }: { name: string; arguments?: Record<string, unknown> | undefined },
  cancelled: AbortSignal,
): Promise<CallToolResult> {
  try {
    if (context.signal.aborted || cancelled.aborted) throw createError('MESSENGER_ENDING');
    const { data, text } = await toolNamed(name).call(context, input);
    return { content: [textOf(text)], structuredContent: data };
  } catch (error) {
    return errorResult(error);
  }
}

/** @throws WRONG_USE */
function toolNamed(name: string) {
  const found = tools.find((tool) => tool.name === name);
  if (found) return found;
  const names = tools.map((tool) => tool.name);
  throw createError('WRONG_USE', `There is no tool "${name}".${didYouMean(name, names)}`);
}

function errorResult(thrown: unknown): CallToolResult {
  const error = thrown instanceof MessengerError ? thrown : (systemFailure(thrown) ?? thrown);
  // Only whoever started the server can report it.
  if (!(error instanceof MessengerError)) console.error(error);
  const json = errorJson(error);
  const lines = [`${json.message} (${json.code})`, ...fieldLines(json.errors ?? {})];
  return { isError: true, content: [textOf(lines.join('\n'))], structuredContent: { error: json } };
}

const textOf = (text: string) => ({ type: 'text' as const, text: escapeControls(text) });
