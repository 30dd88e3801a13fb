import { beforeAll, describe, expect, test } from 'vitest';
import { messageTypes } from '../../src/domain/message.ts';
import { ensureGroup } from '../../src/services/users/people.ts';
import { exactBot } from '../support/bot-source.ts';
import { putMessages } from '../support/put-messages.ts';
import { rejection } from '../support/sandbox.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestGroup } from '../support/test-group.ts';

/** Documents as they are stored: an id is in their names. */
const documents = (...names: string[]) =>
  names.map((name) => ({
    type: messageTypes.DOCUMENT_MESSAGE,
    body: `${name}_01890000-0000-7000-8000-000000000000.pdf`,
    id: `id-of-${name}`,
  }));
const nothing = 'I found no document with that in its name.';

describe('among the documents of a group', () => {
  let testGroup: TestGroup;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    testGroup = await TestGroup.open({}, {}, atEnd);
    await testGroup.attach('document_finder');
    await putMessages(
      testGroup,
      documents('Report-2024', 'report_old', '100sure', 'a_b', 'aab', 'OldAnnualREPORT'),
    );
    await putMessages(testGroup, [
      { type: messageTypes.IMAGE_MESSAGE, body: 'report.png' },
      { body: 'report' },
    ]);
    await putMessages(testGroup, [{ ...documents('report-gone')[0], archivedAt: testGroup.clock.now() }]);
    const elsewhere = await ensureGroup(testGroup.app, 'Elsewhere', { chatBots: true });
    await putMessages(testGroup, [{ ...documents('report-elsewhere')[0], threadId: elsewhere.id }]);
  });

  test.each([
    ['!doc 2024', ['Report-2024.pdf']],
    ['!document report', ['OldAnnualREPORT.pdf', 'report_old.pdf', 'Report-2024.pdf']],
    ['!DOC   RePorT  ', ['OldAnnualREPORT.pdf', 'report_old.pdf', 'Report-2024.pdf']],
    ['!doc old report', ['OldAnnualREPORT.pdf', 'report_old.pdf']],
    ['!doc report annual', ['OldAnnualREPORT.pdf']],
    ['!doc annual report.pdf', ['OldAnnualREPORT.pdf']],
    ['!doc 100% sure', ['100sure.pdf']],
    ['!doc a_b', ['a_b.pdf']],
  ])('"%s" finds %j, newest first', async (body, names) => {
    const found = (await testGroup.say('Bob', body)).map((line) => /^💾 (.*): \//.exec(line)?.[1]);
    expect(found).toEqual(names);
  });

  test.each([
    '!doc nowhere',
    '!doc report nowhere',
    '!doc report.txt',
    '!doc %',
    '!doc r_port',
    '!doc 0000-7000',
    '!doc elsewhere',
    `!doc ${'x'.repeat(4_990)}`,
  ])('"%s" finds nothing and says so', async (body) => {
    expect(await testGroup.say('Bob', body)).toEqual([nothing]);
  });

  test('each comes with the link of its download', async () => {
    const [document] = documents('100sure');
    const link = `/messenger/assets/threads/${testGroup.thread.id}/files/${document?.id}/${document?.body}`;
    expect(await testGroup.watch('Bob', '!doc sure')).toEqual([
      'types',
      `says 💾 100sure.pdf: ${link}`,
      'handled document_finder',
    ]);
  });
});

test('it finds what was sent as a document by the name it was sent with', async () => {
  const sent = "new File(['hello'], 'Übersicht (v1.2) 漢字.txt')";
  const testGroup = await TestGroup.open({
    'Send.ts': exactBot('Send', 'send', `await this.composer().document(${sent});`),
  });
  await testGroup.attach('send');
  await testGroup.attach('document_finder');
  await testGroup.say('Bob', 'send');
  for (const words of ['Übersicht', 'v1.2', 'übersicht (v1.2) 漢字.txt', 'bersicht']) {
    const [line] = await testGroup.say('Bob', `!doc ${words}`);
    expect([words, line]).toEqual([words, expect.stringMatching(/^💾 bersichtv12.txt: /)]);
  }
});

test.each([
  ['five', {}, 5],
  ['one where it was attached so', { limit: 1 }, 1],
  ['ten where it was attached so', { limit: '10' }, 10],
])('it finds at most %s', async (_, params, count) => {
  const testGroup = await TestGroup.alone({});
  await testGroup.attach('document_finder', params);
  const names = Array.from({ length: 12 }, (_unused, index) => `plan-${index}`);
  await putMessages(testGroup, documents(...names));
  const newest = names.reverse().slice(0, count);
  expect(await testGroup.say('Bob', '!doc plan')).toEqual(
    newest.map((name) => expect.stringContaining(`💾 ${name}.pdf: `)),
  );
});

test('it looks through more than a page of names that have only one of the words', async () => {
  const testGroup = await TestGroup.open({});
  await testGroup.attach('document_finder');
  await putMessages(testGroup, documents('minutes-may'));
  await putMessages(testGroup, documents(...Array.from({ length: 120 }, (_, index) => `minutes-${index}`)));
  expect(await testGroup.say('Bob', '!doc may minutes')).toEqual([
    expect.stringContaining('minutes-may.pdf'),
  ]);
});

test('without a word it says what it takes and does not rest; finding nothing, it rests', async () => {
  const testGroup = await TestGroup.open({});
  await testGroup.attach('document_finder', { cooldown: 60 });
  expect(await testGroup.say('Bob', '!doc')).toEqual([
    'Tell me a word of its name, like [ !document report ].',
  ]);
  expect(await testGroup.say('Bob', '!doc report')).toEqual([nothing]);
  expect(await testGroup.say('Bob', '!doc report')).toEqual([]);
});

test.each([0, 11, 2.5, 'many'])('it cannot be attached with a limit of %s', async (limit) => {
  const testGroup = await TestGroup.open({});
  const error = await rejection(testGroup.attach('document_finder', { limit }));
  expect(error).toMatchObject({ errors: { limit: [expect.any(String)] } });
});
