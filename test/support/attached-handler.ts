import { expect, onTestFinished, test, vi } from 'vitest';
import type { BotAction } from '../../src/domain/bot-action.ts';
import type { OutgoingMessage } from '../../src/services/messages/send-message.ts';
import { Network } from './network.ts';
import type { AtEnd } from './temporary-folder.ts';
import { inThread, TestGroup } from './test-group.ts';

/** The options of an attached handler. */
interface Setting {
  /** What the handler is attached with; a cooldown of 30 seconds when it is not said. */
  params?: Record<string, unknown>;
  /** What is in the environment. */
  environment?: Record<string, string>;
}

/** A ready-made handler attached in a group, and the network its requests go to. Shared by the tests of a file. */
export class AttachedHandler {
  readonly testGroup: TestGroup;
  readonly network: Network;
  readonly action: BotAction;

  static async open(
    handler: string,
    { params = {}, environment = {} }: Setting = {},
    atEnd: AtEnd = onTestFinished,
  ): Promise<AttachedHandler> {
    const network = await Network.open(atEnd);
    const variables = Object.entries({ ...network.environment, ...environment });
    for (const [name, value] of variables) vi.stubEnv(name, value);
    const testGroup = await TestGroup.open(
      {},
      { ...inThread, environment: Object.keys(network.environment) },
      atEnd,
    );
    vi.unstubAllEnvs();
    return new AttachedHandler(
      testGroup,
      network,
      await testGroup.attach(handler, { cooldown: 30, ...params }),
    );
  }

  private constructor(testGroup: TestGroup, network: Network, action: BotAction) {
    this.testGroup = testGroup;
    this.network = network;
    this.action = action;
  }

  /** Says something to a handler that does not rest, and tells what happens then. */
  async watch(body: string, more: Partial<OutgoingMessage> = {}): Promise<string[]> {
    this.testGroup.clock.advance(30_000);
    return this.testGroup.watch('Ada', body, more);
  }

  /** As {@link watch}, without that the bot types and that the handler was done. */
  async say(body: string, more: Partial<OutgoingMessage> = {}): Promise<string[]> {
    const lines = await this.watch(body, more);
    return lines.filter((line) => line.startsWith('says ')).map((line) => line.slice('says '.length));
  }

  /** Whether the handler rests now. */
  async rests(): Promise<boolean> {
    const { app, clock } = this.testGroup;
    const resting = await app.store.cooldowns.endings([this.action.id], clock.now());
    return resting.has(this.action.id);
  }

  /** The address that was asked last. */
  get lastAsked(): string {
    return this.network.asked.at(-1)?.url.href ?? '';
  }
}

/** A way in which a service fails, what sets it, and the code of the error that the handler sees. */
type Outage = [name: string, set: (network: Network, deadline: number) => Promise<void>, code: string];

/** The ways in which every service may fail. */
export const outages: Outage[] = [
  ['cannot be reached', (network) => network.down(), 'FETCH_FAILED'],
  ['answers 500', (network) => network.answer({ message: 'oops' }, 500), 'FETCH_FAILED'],
  ['answers 404', (network) => network.answer({ message: 'no such page' }, 404), 'FETCH_FAILED'],
  ['has not answered at the deadline', (network, deadline) => network.hang(deadline), 'FETCH_TIMEOUT'],
  [
    'has not sent all of its answer at the deadline',
    (network, deadline) => network.hang(deadline, (response) => response.write('{')),
    'FETCH_TIMEOUT',
  ],
  [
    'breaks off in the middle of its answer',
    (network) => network.hang(0, (response) => response.write('{', () => response.destroy())),
    'FETCH_FAILED',
  ],
  ['answers what is no JSON', (network) => network.answerRaw('<p>It works!</p>'), 'FETCH_FAILED'],
  ['answers with half of its JSON', (network) => network.answerRaw('{"value": "ha'), 'FETCH_FAILED'],
  ['answers with other JSON', (network) => network.answer({ surprise: 1 }), 'FETCH_FAILED'],
  ['answers with nothing', (network) => network.answerRaw(''), 'FETCH_FAILED'],
];

/** How a service is asked in {@link testOutages}. */
interface Asking {
  deadline?: number;
  /** More of the message. */
  more?: Partial<OutgoingMessage>;
}

/**
 * The tests of a handler that posts nothing while its service fails, and may then be asked again at once.
 *
 * @param attached returns the attached handler, once the tests run
 * @param body the message that makes the handler ask the service
 */
export function testOutages(
  attached: () => AttachedHandler,
  body: string,
  { deadline = 5_000, more }: Asking = {},
): void {
  test.each(outages)('posts nothing and does not rest when the service %s', async (_, set, code) => {
    await set(attached().network, deadline);
    expect(await attached().watch(body, more)).toEqual([`failed ${attached().action.handler} ${code}`]);
    expect(await attached().rests()).toBe(false);
  });
}
