import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, testOutages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const answer = { status: 'success', city: 'Montréal', regionName: 'Quebec', country: 'Canada' };
const unknown = 'I cannot tell where you are.';
const fields = 'fields=status%2Ccountry%2CregionName%2Ccity';
const senderIp = '24.48.0.1';

describe('LocationBot', () => {
  let stage: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    stage = await AttachedHandler.open('LocationBot', {}, atEnd);
  });

  test('replies with city, region and country', async () => {
    await stage.network.answer(answer);
    const says = 'says You seem to be in Montréal, Quebec, Canada.';
    expect(await stage.watch('!findme', { senderIp })).toEqual(['types', says, 'handled location']);
    expect(stage.lastAsked).toBe(`http://ip-api.com/json/24.48.0.1?${fields}`);
    const [asked, reply] = (await stage.testGroup.texts()).slice(-2);
    expect(reply?.replyToId).toBe(asked?.id);
    expect(await stage.rests()).toBe(true);
  });

  test.each([
    ['IPv6', '2001:db8::1', 'http://ip-api.com/json/2001:db8::1'],
    ['an IPv4 address written as IPv6', '::ffff:24.48.0.1', 'http://ip-api.com/json/::ffff:24.48.0.1'],
  ])('asks for %s', async (_, ip, address) => {
    await stage.network.answer(answer);
    await stage.say('!location', { senderIp: ip });
    expect(stage.lastAsked).toBe(`${address}?${fields}`);
  });

  test.each([
    [{ ...answer, city: '' }, 'You seem to be in Quebec, Canada.'],
    [{ ...answer, city: '', regionName: '' }, 'You seem to be in Canada.'],
    [{ ...answer, city: '', regionName: '', country: '' }, unknown],
    [{ status: 'fail' }, unknown],
  ])('reads %o as %j', async (body, text) => {
    await stage.network.answer(body);
    expect(await stage.say('!whereAmI', { senderIp })).toEqual([text]);
    expect(await stage.rests()).toBe(text !== unknown);
  });

  test.each([
    ['not known', null],
    ['no address', '../../evil?'],
    ['empty', ''],
  ])('asks nobody when the address of the sender is %s, says so and does not rest', async (_, ip) => {
    const before = stage.network.asked.length;
    expect(await stage.say('!location', { senderIp: ip })).toEqual([unknown]);
    expect(stage.network.asked).toHaveLength(before);
    expect(await stage.rests()).toBe(false);
  });

  test('waits for the answer until the deadline', async () => {
    await stage.network.answerAfter(4_999, answer);
    expect(await stage.say('!location', { senderIp })).toHaveLength(1);
  });

  testOutages(() => stage, '!location', { more: { senderIp } });
});

test('LocationBot with a key asks the host of those who pay', async () => {
  const stage = await AttachedHandler.open('LocationBot', { environment: { BOT_LOCATION_API_KEY: 'paid' } });
  await stage.network.answer(answer);
  expect(await stage.say('!location', { senderIp })).toEqual(['You seem to be in Montréal, Quebec, Canada.']);
  expect(stage.lastAsked).toBe(`https://pro.ip-api.com/json/24.48.0.1?${fields}&key=paid`);
});
