import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, testOutages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const answer = { status: 'success', city: 'Montréal', regionName: 'Quebec', country: 'Canada' };
const unknown = 'I cannot tell where you are.';
const fields = 'fields=status%2Ccountry%2CregionName%2Ccity';
const senderIp = '24.48.0.1';

describe('LocationBot', () => {
  let attached: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    attached = await AttachedHandler.open('LocationBot', {}, atEnd);
  });

  test('replies with city, region and country', async () => {
    await attached.network.answer(answer);
    const says = 'says You seem to be in Montréal, Quebec, Canada.';
    expect(await attached.watch('!findme', { senderIp })).toEqual(['types', says, 'handled location']);
    expect(attached.lastAsked).toBe(`http://ip-api.com/json/24.48.0.1?${fields}`);
    const [asked, reply] = (await attached.testGroup.texts()).slice(-2);
    expect(reply?.replyToId).toBe(asked?.id);
    expect(await attached.rests()).toBe(true);
  });

  test.each([
    ['IPv6', '2001:db8::1', 'http://ip-api.com/json/2001:db8::1'],
    ['an IPv4 address written as IPv6', '::ffff:24.48.0.1', 'http://ip-api.com/json/::ffff:24.48.0.1'],
  ])('asks for %s', async (_, ip, address) => {
    await attached.network.answer(answer);
    await attached.say('!location', { senderIp: ip });
    expect(attached.lastAsked).toBe(`${address}?${fields}`);
  });

  test.each([
    [{ ...answer, city: '' }, 'You seem to be in Quebec, Canada.'],
    [{ ...answer, city: '', regionName: '' }, 'You seem to be in Canada.'],
    [{ ...answer, city: '', regionName: '', country: '' }, unknown],
    [{ status: 'fail' }, unknown],
  ])('reads %o as %j', async (body, text) => {
    await attached.network.answer(body);
    expect(await attached.say('!whereAmI', { senderIp })).toEqual([text]);
    expect(await attached.rests()).toBe(text !== unknown);
  });

  test.each([
    ['not known', null],
    ['no address', '../../evil?'],
    ['empty', ''],
  ])('asks nobody when the address of the sender is %s, says so and does not rest', async (_, ip) => {
    const before = attached.network.asked.length;
    expect(await attached.say('!location', { senderIp: ip })).toEqual([unknown]);
    expect(attached.network.asked).toHaveLength(before);
    expect(await attached.rests()).toBe(false);
  });

  test('waits for the answer until the deadline', async () => {
    await attached.network.answerAfter(4_999, answer);
    expect(await attached.say('!location', { senderIp })).toHaveLength(1);
  });

  testOutages(() => attached, '!location', { more: { senderIp } });
});

test('LocationBot with a key asks the host of those who pay', async () => {
  const attached = await AttachedHandler.open('LocationBot', {
    environment: { BOT_LOCATION_API_KEY: 'paid' },
  });
  await attached.network.answer(answer);
  expect(await attached.say('!location', { senderIp })).toEqual([
    'You seem to be in Montréal, Quebec, Canada.',
  ]);
  expect(attached.lastAsked).toBe(`https://pro.ip-api.com/json/24.48.0.1?${fields}&key=paid`);
});
