import { describe, expect, test } from 'vitest';
import { TestGroup } from '../support/test-group.ts';

const reply = (triggers: string[]) => ({ match: 'exact', triggers, replies: ['a'] });

describe('CommandsBot', () => {
  test.each(['!commands', '!c', '!COMMANDS', ' !C '])(
    'answers %j with every action as its name and its triggers',
    async (body) => {
      const story = await TestGroup.open({});
      await story.attach('commands');
      expect(await story.watch('Bob', body)).toEqual([
        'types',
        'says List Commands - [ !commands | !c ]',
        'handled commands',
      ]);
      expect(await story.say('Bob', `${body} please`)).toEqual([]);
    },
  );

  test('lists all bots, sorted, five to a message', async () => {
    const story = await TestGroup.open({});
    await story.attach('roll', {}, await story.bot('First'));
    const second = await story.bot('Second');
    for (const trigger of ['f', 'e', 'd', 'c']) await story.attach('reply', reply([trigger]), second);
    await story.attach('commands', {}, second);
    await story.attach('react', { match: 'any', reaction: '👋' }, second);
    expect(await story.say('Bob', '!c')).toEqual([
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
    const story = await TestGroup.open({});
    await story.attach('commands');
    await story.attach('reply', { ...reply(['off']), enabled: false });
    await story.attach('reply', reply(['asleep']), await story.bot('Asleep', { enabled: false }));
    await story.attach('reply', reply(['gone']));
    story.change(`update bot_actions set handler = 'gone' where triggers = 'gone'`);
    expect(await story.say('Bob', '!c')).toEqual(['List Commands - [ !commands | !c ]']);
  });

  test('tells what is for admins only to admins', async () => {
    const story = await TestGroup.open({});
    await story.attach('commands');
    await story.attach('reply', { ...reply(['secret', 'hidden']), admin_only: true });
    expect(await story.say('Bob', '!c')).toEqual(['List Commands - [ !commands | !c ]']);
    expect(await story.say('Ada', '!c')).toEqual([
      'List Commands - [ !commands | !c ]\nReply - [ secret | hidden ]',
    ]);
  });

  test('tells what a bot hides only to those who may manage bots', async () => {
    const story = await TestGroup.open({});
    await story.attach('commands');
    const hidden = await story.bot('Hidden', { hideActions: true });
    await story.attach('reply', reply(['secret']), hidden);
    const open = 'List Commands - [ !commands | !c ]';
    expect(await story.say('Bob', '!c')).toEqual([open]);
    const all = `${open}\nReply - [ secret ]`;
    expect(await story.say('Ada', '!c')).toEqual([all]);
    const bob = await story.person('Bob');
    story.change('update participants set manage_bots = 1 where user_id = ?', bob.id);
    expect(await story.say('Bob', '!c')).toEqual([all]);
  });

  test('hides its own action where its own bot hides them', async () => {
    const story = await TestGroup.open({});
    const hidden = await story.bot('Hidden', { hideActions: true });
    await story.attach('commands', {}, hidden);
    expect(await story.watch('Bob', '!c')).toEqual(['types', 'stops typing', 'handled commands']);
  });

  test('is unique in its thread', async () => {
    const story = await TestGroup.open({});
    await story.attach('commands');
    await expect(story.attach('commands')).rejects.toThrow(
      'You may only have one ( List Commands ) in Lounge at a time.',
    );
  });
});
