import { beforeAll, describe, expect, test } from 'vitest';
import { exactBot, posting } from '../support/bot-source.ts';
import { replyBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { conversationOf, Simulation } from '../support/simulation.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

const echo = exactBot('Echo', 'hi', posting("'hello ' + this.message.owner.name"));

/** What a simulation in a folder prints for these lines after its opening, as "event from: body". */
async function simulateIn(folder: string, lines: readonly string[]): Promise<string[]> {
  writeFiles(folder, { 'bots/Echo.ts': echo, 'bots/ReplyBot.ts': replyBot });
  const input = lines.map((line) => `${line}\n`).join('');
  const { code, stdout, stderr } = await messenger(folder, ['simulate', '--json', '--as', 'Ada'], input);
  const events = conversationOf(stdout);
  const failed = events.some(({ event }) => event === 'error');
  expect({ code, stderr }).toEqual({ code: failed ? 1 : 0, stderr: '' });
  return events.map(({ event, from, body }) => `${event} ${from.name}: ${body}`);
}

const simulate = (...lines: string[]) => simulateIn(temporaryFolder(), lines);

describe('/as', () => {
  test('lets somebody else speak, who is made when new and known when not', async () => {
    expect(await simulate('/as bob', 'hi', '/as  Zoë von Ö ', 'hi', '/as Ada', 'hi')).toEqual([
      'notice messenger: You speak as bob.',
      'message bob: hi',
      'message PlaygroundBot: hello bob',
      'notice messenger: You speak as Zoë von Ö.',
      'message Zoë von Ö: hi',
      'message PlaygroundBot: hello Zoë von Ö',
      'notice messenger: You speak as Ada.',
      'message Ada: hi',
      'message PlaygroundBot: hello Ada',
    ]);
  });

  test('makes plain participants: what is for admins only stays silent', async () => {
    const lines = await simulate(
      '/detach echo',
      '/attach echo admin_only=true',
      '/as bob',
      'hi',
      '/as Ada',
      'hi',
    );
    expect(lines.filter((line) => line.includes('PlaygroundBot'))).toEqual([
      'message PlaygroundBot: hello Ada',
    ]);
  });
});

describe('/attach', () => {
  test.each([
    ['/attach reply {"match":"contains","triggers":["help"],"replies":["Ask away!"]}'],
    ['/attach ReplyBot match=contains triggers=help replies=["Ask_away!"]'],
  ])('%s', async (line) => {
    const [notice, , answer] = (await simulate(line, 'help me')).filter((said) => !said.startsWith('typing'));
    expect(notice).toBe('notice messenger: Attached reply: help.');
    expect(answer).toMatch(/^message PlaygroundBot: Ask.away!$/);
  });

  test('errors come by field', async () => {
    const { folder } = makeWorkspace({ 'bots/ReplyBot.ts': replyBot });
    const line = '/attach reply match=exact triggers=a cooldown=x\n';
    const asJson = await messenger(folder, ['simulate', '--json', '--as', 'Ada'], line);
    const errors = {
      cooldown: ['The cooldown field must be an integer.'],
      replies: ['The replies field is required.'],
    };
    expect(conversationOf(asJson.stdout)).toMatchObject([
      { event: 'error', error: { code: 'INVALID_PARAMETERS', errors } },
    ]);
    const asText = await messenger(folder, ['simulate', '--as', 'Ada'], line);
    expect(asText.stdout).toContain(
      '\n  cooldown: The cooldown field must be an integer.\n  replies: The replies field is required.\n',
    );
  });
});

describe('what is wrong is told, and the simulation goes on', () => {
  const wrong = [
    ['/attach', 'error messenger: Usage: /attach ALIAS {…}. /handlers lists the aliases.'],
    ['/attach nothing', 'error messenger: There is no handler "nothing". Known handlers: '],
    ['/attach reply', 'error messenger: Reply: The replies field is required. (and 2 more errors)'],
    ['/attach reply {"match":', 'error messenger: The parameters are not a JSON object: '],
    ['/attach reply match', 'error messenger: "match" is not a parameter.'],
    ['/attach echo cooldown=901', 'error messenger: Echo: The cooldown field must be between 0 and 900.'],
    ['/detach', 'error messenger: Usage: /detach ALIAS. /action lists what is attached.'],
    ['/detach nothing', 'error messenger: "nothing" is not attached.'],
    ['/as', 'error messenger: Usage: /as NAME.'],
    ['/bots of ada', 'error messenger: /bots takes nothing after it, and "of ada" was given.'],
    ['/quit now', 'error messenger: /quit takes nothing after it, and "now" was given.'],
    [
      '/nosuch thing',
      'error messenger: There is no command /nosuch. /help lists them; //nosuch sends it as a message.',
    ],
    ['/constructor', 'error messenger: There is no command /constructor.'],
  ] as const;
  let lines: string[] = [];
  const atEnd = endAfterAll();
  beforeAll(async () => {
    lines = await simulateIn(temporaryFolder(atEnd), [...wrong.map(([line]) => line), 'hi']);
  });

  test.each(wrong.map((row, place) => [...row, place] as const))('%s', (_, sentence, place) => {
    expect(lines[place]).toContain(sentence);
  });

  test('and a message is answered as before', () => {
    expect(lines.slice(wrong.length)).toEqual(['message Ada: hi', 'message PlaygroundBot: hello Ada']);
  });
});

test('/detach knows a handler by its class too', async () => {
  const told = await simulate('/detach Echo', '/bots');
  expect(told[0]).toContain('Detached echo.');
});

test('/detach takes one action away, and every action of a handler only when asked to', async () => {
  expect(await simulate('/attach echo', 'hi', '/detach echo', '/detach echo all', 'hi', '/bots')).toEqual([
    'notice messenger: Attached echo: hi.',
    'message Ada: hi',
    'message PlaygroundBot: hello Ada',
    'message PlaygroundBot: hello Ada',
    'error messenger: "echo" is attached 2 times: echo#1 @PlaygroundBot [ hi ], echo#2 @PlaygroundBot [ hi ]. Name one of them. Nothing was done.',
    'notice messenger: Detached echo.',
    'message Ada: hi',
    'notice messenger: Nothing is attached. /handlers lists what can be.',
  ]);
});

test('/bots lists what is attached, /handlers what can be, /help every command', async () => {
  const [bots, handlers, help] = await simulate('/bots', '/handlers', '/help');
  expect(bots).toBe('notice messenger: PlaygroundBot: echo [ hi ]');
  for (const line of ['echo – Of a testGroup.', 'reply – Reply with the given response(s).', 'roll – '])
    expect(handlers).toContain(line);
  for (const usage of [
    '/as NAME',
    '/attach ALIAS',
    '/detach ALIAS',
    '/bots',
    '/handlers',
    '/help',
    '/quit',
    '// sends',
  ])
    expect(help).toContain(usage);
});

test('/quit ends it, whatever comes after', async () => {
  expect(await simulate('hi', '/quit', 'hi')).toEqual([
    'message Ada: hi',
    'message PlaygroundBot: hello Ada',
  ]);
});

test('/quit ends it, although more could come', async () => {
  const simulation = new Simulation(makeWorkspace({ 'bots/Echo.ts': echo }).folder);
  simulation.type('hi');
  simulation.type('/quit');
  expect(await simulation.ended).toMatchObject({ code: 0, stderr: '' });
  expect(simulation.answers).toEqual(['hello Ada']);
});

test('a line with two slashes, or with a blank behind one, is a message', async () => {
  expect(await simulate('//hello', '///', '/', '/ hello', 'a /help')).toEqual(
    ['/hello', '//', '/', '/ hello', 'a /help'].map((body) => `message Ada: ${body}`),
  );
});

test('a line without text is nothing', async () => {
  expect(await simulate('', '   ', '\t', 'hi')).toEqual([
    'message Ada: hi',
    'message PlaygroundBot: hello Ada',
  ]);
});

test('/reset yes empties the playground, whose handlers are attached again', async () => {
  // What was said before is not read: the new playground opens with notices of its own.
  expect(await simulate('/detach echo', 'hi', '/reset yes', 'hi')).toEqual([
    'message Ada: hi',
    'message PlaygroundBot: hello Ada',
  ]);
});
