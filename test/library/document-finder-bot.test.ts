import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageTypes } from '../../src/domain/message.ts';
import { putMessages } from '../support/put-messages.ts';
import { rejection } from '../support/sandbox.ts';
import { Story } from '../support/story.ts';

const documents = (...names: string[]) =>
  names.map((body) => ({ type: messageTypes.DOCUMENT_MESSAGE, body, id: `id of ${body}` }));
const nothing = 'I found no document with that in its name.';

describe('among the documents of a group', () => {
  let story: Story;
  beforeAll(async () => {
    story = await Story.open({}, {}, afterAll);
    await story.attach('document_finder');
    await putMessages(
      story,
      documents('Report-2024.pdf', 'report_old.txt', '100% sure.txt', 'a_b.md', 'añb.md'),
    );
    await putMessages(story, documents('Old annual REPORT.pdf', 'für alle.pdf'));
    await putMessages(story, [{ type: messageTypes.IMAGE_MESSAGE, body: 'report.png' }, { body: 'report' }]);
    await putMessages(story, [{ ...documents('report gone.pdf')[0], archivedAt: story.clock.now() }]);
    const elsewhere = await story.app.ensureGroup('Elsewhere', { chatBots: true });
    await putMessages(story, [{ ...documents('report elsewhere.pdf')[0], threadId: elsewhere.id }]);
  });

  test.each([
    ['!doc 2024', ['Report-2024.pdf']],
    ['!document report', ['Old annual REPORT.pdf', 'report_old.txt', 'Report-2024.pdf']],
    ['!DOC   RePorT  ', ['Old annual REPORT.pdf', 'report_old.txt', 'Report-2024.pdf']],
    ['!doc old report', ['Old annual REPORT.pdf', 'report_old.txt']],
    ['!doc report annual', ['Old annual REPORT.pdf']],
    ['!doc 100%', ['100% sure.txt']],
    ['!doc a_b', ['a_b.md']],
    ['!doc für', ['für alle.pdf']],
  ])('"%s" finds %j, newest first', async (body, names) => {
    const found = (await story.say('Bob', body)).map((line) => /^💾 (.*): \//.exec(line)?.[1]);
    expect(found).toEqual(names);
  });

  test.each([
    '!doc nowhere',
    '!doc report nowhere',
    '!doc %',
    '!doc r_port',
    '!doc elsewhere',
    `!doc ${'x'.repeat(4_990)}`,
  ])('"%s" finds nothing and says so', async (body) => {
    const wanted = body === '!doc %' ? [expect.stringContaining('100% sure.txt')] : [nothing];
    expect(await story.say('Bob', body)).toEqual(wanted);
  });

  test('each comes with the link of its download', async () => {
    const link = `/messenger/assets/threads/${story.thread.id}/files/id of 100% sure.txt/100%25%20sure.txt`;
    expect(await story.watch('Bob', '!doc sure')).toEqual([
      'types',
      `says 💾 100% sure.txt: ${link}`,
      'handled document_finder',
    ]);
  });
});

test.each([
  ['five', {}, 5],
  ['one where it was attached so', { limit: 1 }, 1],
  ['ten where it was attached so', { limit: '10' }, 10],
])('it finds at most %s', async (_, params, count) => {
  const story = await Story.open({});
  await story.attach('document_finder', params);
  const names = Array.from({ length: 12 }, (_unused, index) => `plan-${index}.pdf`);
  await putMessages(story, documents(...names));
  const newest = names.reverse().slice(0, count);
  expect(await story.say('Bob', '!doc plan')).toEqual(
    newest.map((name) => expect.stringContaining(`💾 ${name}: `)),
  );
});

test('it looks through more than a page of names that have only one of the words', async () => {
  const story = await Story.open({});
  await story.attach('document_finder');
  await putMessages(story, documents('minutes may.pdf'));
  await putMessages(story, documents(...Array.from({ length: 120 }, (_, index) => `minutes-${index}.pdf`)));
  expect(await story.say('Bob', '!doc may minutes')).toEqual([expect.stringContaining('minutes may.pdf')]);
});

test('without a word it says what it takes and does not rest; finding nothing, it rests', async () => {
  const story = await Story.open({});
  await story.attach('document_finder', { cooldown: 60 });
  expect(await story.say('Bob', '!doc')).toEqual(['Tell me a word of its name, like [ !document report ].']);
  expect(await story.say('Bob', '!doc report')).toEqual([nothing]);
  expect(await story.say('Bob', '!doc report')).toEqual([]);
});

test.each([0, 11, 2.5, 'many'])('it cannot be attached with a limit of %s', async (limit) => {
  const story = await Story.open({});
  const error = await rejection(story.attach('document_finder', { limit }));
  expect(error).toMatchObject({ errors: { limit: [expect.any(String)] } });
});
