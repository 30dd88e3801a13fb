import { describe, expect, test } from 'vitest';
import { helloBot, replyBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { Simulation } from '../support/simulation.ts';
import { writeFiles } from '../support/temporary-folder.ts';
import { TestGroup } from '../support/test-group.ts';
import { makeWorkspace } from '../support/workspace.ts';

const workspace = () => makeWorkspace({ 'bots/HelloBot.ts': helloBot, 'bots/ReplyBot.ts': replyBot }).folder;
const parameters = '{"match":"contains","triggers":["help"],"replies":["Ask away!"]}';

describe('attach', () => {
  test('attaches a handler in the playground, where the next simulation finds it', async () => {
    const folder = workspace();
    const attached = await messenger(folder, ['attach', 'reply', parameters, '--as', 'Ada']);
    expect(attached).toMatchObject({ code: 0, stdout: 'Attached reply in Playground: help.\n', stderr: '' });
    const { stdout } = await messenger(folder, ['simulate', '--as', 'Ada'], 'help me\n');
    expect(stdout).toContain('PlaygroundBot: Ask away!');
  });

  test('reaches a simulation that runs', async () => {
    const folder = workspace();
    const simulation = new Simulation(folder);
    await simulation.until({ event: 'notice' });
    // An action that is attached while a message waits for its turn answers that, too.
    simulation.type('good morning');
    await simulation.until({ event: 'message', body: 'good morning' });
    const attached = await messenger(folder, ['attach', 'ReplyBot', parameters, '--as', 'Ada']);
    simulation.type('help me now');
    await simulation.end();
    expect([attached.code, simulation.answers]).toEqual([0, ['Ask away!']]);
  });

  test('prints the new action as JSON', async () => {
    const { code, stdout } = await messenger(workspace(), [
      'attach',
      'reply',
      parameters,
      'cooldown=30',
      '--as',
      'Ada',
      '--json',
    ]);
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      {
        handler: 'reply',
        triggers: ['help'],
        match: 'contains',
        cooldown: 30,
        admin_only: false,
        enabled: true,
        payload: { replies: ['Ask away!'] },
      },
    ]);
  });

  test('attaches what needs no parameters once', async () => {
    const folder = workspace();
    const { code } = await messenger(folder, ['attach', 'hello', 'cooldown=30', '--as', 'Ada']);
    const { stdout } = await messenger(folder, ['simulate', '--as', 'Ada'], 'hi\nhi\n');
    expect([code, stdout.match(/Why hello there Ada!/g)?.length]).toEqual([0, 1]);
  });

  test('attaches in another group for who may manage its bots, and for nobody else', async () => {
    const folder = workspace();
    writeFiles(folder, { 'messenger.config.mjs': 'export default { bots: { enabled: true } };' });
    const testGroup = await TestGroup.in(folder, 'Lounge');
    await testGroup.person('Bob');
    await testGroup.bot('Parrot');
    await testGroup.app.close();
    const attach = (name: string) =>
      messenger(folder, ['attach', 'reply', parameters, '--thread', 'Lounge', '--as', name]);
    expect(await attach('Bob')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'Error: Not authorized add bot actions.\n',
    });
    expect(await attach('Ada')).toMatchObject({
      code: 0,
      stdout: 'Attached reply in Lounge: help.\n',
      stderr: '',
    });
  });

  test.each([
    ['a handler that is not there', ['nothing'], /^Error: There is no handler "nothing"\. Known handlers: /],
    [
      'a group that is not there',
      ['reply', parameters, '--thread', 'Nowhere'],
      /^Error: There is no group "Nowhere"\.\n$/,
    ],
    [
      'parameters that fail their checks, by field',
      ['reply', 'cooldown=901', 'match=exact'],
      /^Error: Reply: The cooldown field must be between 0 and 900\..*\n {2}cooldown: The cooldown field must be between 0 and 900\.\n {2}replies: The replies field is required\.\n {2}triggers: The triggers field is required\.\n$/,
    ],
  ])('refuses %s', async (_, words, sentence) => {
    const { code, stdout, stderr } = await messenger(workspace(), ['attach', ...words, '--as', 'Ada']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
  });
});
