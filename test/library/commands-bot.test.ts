import { describe, expect, test } from 'vitest';
import { TestGroup } from '../support/test-group.ts';

const reply = (triggers: string[]) => ({ match: 'exact', triggers, replies: ['a'] });

describe('CommandsBot', () => {
  test.each(['!commands', '!c', '!COMMANDS', ' !C '])(
    'answers %j with every action as its name and its triggers',
    async (body) => {
      const testGroup = await TestGroup.open({});
      await testGroup.attach('commands');
      expect(await testGroup.watch('Bob', body)).toEqual([
        'types',
        'says List Commands - [ !commands | !c ]',
        'handled commands',
      ]);
      expect(await testGroup.say('Bob', `${body} please`)).toEqual([]);
    },
  );

  test('lists all bots, sorted, five to a message', async () => {
    const testGroup = await TestGroup.open({});
    await testGroup.attach('roll', {}, await testGroup.bot('First'));
    const second = await testGroup.bot('Second');
    for (const trigger of ['f', 'e', 'd', 'c']) await testGroup.attach('reply', reply([trigger]), second);
    await testGroup.attach('commands', {}, second);
    await testGroup.attach('react', { match: 'any', reaction: '👋' }, second);
    expect(await testGroup.say('Bob', '!c')).toEqual([
      [
        'List Commands - [ !commands | !c ]',
        'Reaction - [ any message ]',
        'Reply - [ c ]',
        'Reply - [ d ]',
        'Reply - [ e ]',
      ].join('\n'),
      ['Reply - [ f ]', 'Roll Numbers - [ !r | !roll ]'].join('\n'),
    ]);
  });

  test('leaves out what is off: actions, bots, and handlers that are not there', async () => {
    const testGroup = await TestGroup.open({});
    await testGroup.attach('commands');
    await testGroup.attach('reply', { ...reply(['off']), enabled: false });
    await testGroup.attach('reply', reply(['asleep']), await testGroup.bot('Asleep', { enabled: false }));
    await testGroup.attach('reply', reply(['gone']));
    await testGroup.change(`update bot_actions set handler = 'gone' where triggers = 'gone'`);
    expect(await testGroup.say('Bob', '!c')).toEqual(['List Commands - [ !commands | !c ]']);
  });

  test('tells what is for admins only to admins', async () => {
    const testGroup = await TestGroup.open({});
    await testGroup.attach('commands');
    await testGroup.attach('reply', { ...reply(['secret', 'hidden']), admin_only: true });
    expect(await testGroup.say('Bob', '!c')).toEqual(['List Commands - [ !commands | !c ]']);
    expect(await testGroup.say('Ada', '!c')).toEqual([
      'List Commands - [ !commands | !c ]\nReply - [ secret | hidden ]',
    ]);
  });

  test('tells what a bot hides only to those who may manage bots', async () => {
    const testGroup = await TestGroup.open({});
    await testGroup.attach('commands');
    const hidden = await testGroup.bot('Hidden', { hideActions: true });
    await testGroup.attach('reply', reply(['secret']), hidden);
    const open = 'List Commands - [ !commands | !c ]';
    expect(await testGroup.say('Bob', '!c')).toEqual([open]);
    const all = `${open}\nReply - [ secret ]`;
    expect(await testGroup.say('Ada', '!c')).toEqual([all]);
    const bob = await testGroup.person('Bob');
    await testGroup.change('update participants set manage_bots = 1 where user_id = ?', bob.id);
    expect(await testGroup.say('Bob', '!c')).toEqual([all]);
  });

  test('hides its own action where its own bot hides them', async () => {
    const testGroup = await TestGroup.open({});
    const hidden = await testGroup.bot('Hidden', { hideActions: true });
    await testGroup.attach('commands', {}, hidden);
    expect(await testGroup.watch('Bob', '!c')).toEqual(['types', 'stops typing', 'handled commands']);
  });

  test('is unique in its thread', async () => {
    const testGroup = await TestGroup.open({});
    await testGroup.attach('commands');
    await expect(testGroup.attach('commands')).rejects.toThrow(
      'You may only have one ( List Commands ) in Lounge at a time.',
    );
  });
});
