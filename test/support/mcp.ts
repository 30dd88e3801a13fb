import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { onTestFinished } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { createServer } from '../../src/cli/mcp/server.ts';
import type { Workspace } from '../../src/config/workspace.ts';

/** What a tool answered. */
interface Answer {
  isError: boolean;
  text: string;
  data: Record<string, unknown>;
}

/** A coding agent, with the client of the SDK. */
export class Agent {
  readonly client = new Client({ name: 'test', version: '1' });

  /** Connects to a server in this process. */
  static async inMemory(workspace: Workspace): Promise<Agent> {
    const [ours, theirs] = InMemoryTransport.createLinkedPair();
    await createServer({ workspace, signal: new AbortController().signal }).server.connect(theirs);
    return Agent.#on(ours);
  }

  /** Starts the built program in a folder and connects to it. */
  static async start(folder: string): Promise<{ agent: Agent; transport: StdioClientTransport }> {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [packageFile('bin/messenger.js'), 'mcp'],
      cwd: folder,
      stderr: 'pipe',
    });
    return { agent: await Agent.#on(transport), transport };
  }

  static async #on(transport: Transport): Promise<Agent> {
    const agent = new Agent();
    await agent.client.connect(transport);
    onTestFinished(() => agent.client.close());
    return agent;
  }

  async call(name: string, input: Record<string, unknown> = {}): Promise<Answer> {
    const result = CallToolResultSchema.parse(await this.client.callTool({ name, arguments: input }));
    const [content] = result.content;
    return {
      isError: result.isError ?? false,
      text: content?.type === 'text' ? content.text : '',
      data: result.structuredContent ?? {},
    };
  }
}
