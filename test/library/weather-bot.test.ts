import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, testOutages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const answer = {
  location: { name: 'Lisbon', region: 'Lisboa', country: 'Portugal', lat: 38.72 },
  current: {
    temp_c: 21,
    temp_f: 69.8,
    condition: { text: 'Partly cloudy', code: 1003 },
    wind_kph: 22.3,
    wind_mph: 13.9,
    wind_dir: 'NNW',
    humidity: 64,
  },
};
const measured = '21 °C (69.8 °F), Partly cloudy, wind 22.3 km/h (13.9 mph) from NNW, humidity 64 %.';
const unknownPlace = { error: { code: 1006, message: 'No matching location found.' } };

describe('WeatherBot', () => {
  let attached: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    attached = await AttachedHandler.open(
      'WeatherBot',
      { environment: { BOT_WEATHER_API_KEY: 'key' } },
      atEnd,
    );
  });

  test.each([
    ['!w Lisbon', 'Lisbon'],
    ['!WEATHER  São Paulo & more', 'São Paulo & more'],
  ])('%j posts the weather of %j', async (body, place) => {
    await attached.network.answer(answer);
    const says = `says Lisbon, Lisboa, Portugal: ${measured}`;
    expect(await attached.watch(body)).toEqual(['types', says, 'handled weather']);
    const asked = new URL(attached.lastAsked);
    expect(`${asked.origin}${asked.pathname}`).toBe('https://api.weatherapi.com/v1/current.json');
    expect(Object.fromEntries(asked.searchParams)).toEqual({ key: 'key', q: place });
    expect(await attached.rests()).toBe(true);
  });

  test('leaves out what a place does not have', async () => {
    await attached.network.answer({ ...answer, location: { ...answer.location, region: '' } });
    expect(await attached.say('!w Lisbon')).toEqual([`Lisbon, Portugal: ${measured}`]);
  });

  test('asks for a place when there is none, and does not rest', async () => {
    const before = attached.network.asked.length;
    expect(await attached.say('!w')).toEqual(['Say which place you mean, like [ !w Lisbon ].']);
    expect(attached.network.asked).toHaveLength(before);
    expect(await attached.rests()).toBe(false);
  });

  test('says so when there is no such place, and does not rest', async () => {
    await attached.network.answer(unknownPlace, 400);
    expect(await attached.say('!w Xqzy')).toEqual(['I know no such place. Name a town, like [ !w Lisbon ].']);
    expect(await attached.rests()).toBe(false);
  });

  test('takes any other refusal for a failed request', async () => {
    await attached.network.answer({ error: { code: 2006, message: 'API key is invalid.' } }, 400);
    expect(await attached.watch('!w Lisbon')).toEqual(['failed weather FETCH_FAILED']);
  });

  test('waits for the answer until the deadline', async () => {
    await attached.network.answerAfter(4_999, answer);
    expect(await attached.say('!w Lisbon')).toHaveLength(1);
  });

  testOutages(() => attached, '!w Lisbon');
});

test('WeatherBot without a key says so, asks nobody and does not rest', async () => {
  const attached = await AttachedHandler.open('WeatherBot');
  expect(await attached.say('!w Lisbon')).toEqual(['The weather is not configured here yet.']);
  expect(attached.network.asked).toEqual([]);
  expect(await attached.rests()).toBe(false);
});
