import { z } from 'zod';
import { BotActionHandler, fetchJsonWithin, MessengerBots } from '../index.ts';

const weather = z.object({
  location: z.object({ name: z.string(), region: z.string(), country: z.string() }),
  current: z.object({
    temp_c: z.number(),
    temp_f: z.number(),
    condition: z.object({ text: z.string() }),
    wind_kph: z.number(),
    wind_mph: z.number(),
    wind_dir: z.string(),
    humidity: z.number(),
  }),
});

/** What the service answers when it knows no such place. */
const unknownPlace = z.object({ error: z.object({ code: z.literal(1006) }) });

/** Tells the weather of a place. */
export class WeatherBot extends BotActionHandler {
  static override readonly environment = ['BOT_WEATHER_API_KEY'];

  static override getSettings() {
    return {
      alias: 'weather',
      description: 'Get the current weather of a place: [ !w Lisbon ].',
      name: 'Weather',
      unique: true,
      triggers: ['!w', '!weather'],
      match: MessengerBots.MATCH_STARTS_WITH_CASELESS,
    };
  }

  async handle() {
    const { BOT_WEATHER_API_KEY: key } = process.env;
    if (!key) return this.#hint('The weather is not configured here yet.');
    const place = this.getParsedMessage();
    if (place === null) return this.#hint('Say which place you mean, like [ !w Lisbon ].');
    const found = await ask(key, place);
    if ('error' in found) return this.#hint('I know no such place. Name a town, like [ !w Lisbon ].');
    await this.composer().emitTyping().message(report(found));
  }

  async #hint(text: string) {
    this.releaseCooldown();
    await this.composer().message(text);
  }
}

function ask(key: string, place: string) {
  const address = `https://api.weatherapi.com/v1/current.json?${new URLSearchParams({ key, q: place })}`;
  return fetchJsonWithin(5_000, address, z.union([weather, unknownPlace]), { alsoStatus: [400] });
}

function report({ location, current }: z.output<typeof weather>): string {
  const place = [location.name, location.region, location.country].filter((part) => part !== '').join(', ');
  const temperature = `${current.temp_c} °C (${current.temp_f} °F)`;
  const wind = `${current.wind_kph} km/h (${current.wind_mph} mph) from ${current.wind_dir}`;
  return `${place}: ${temperature}, ${current.condition.text}, wind ${wind}, humidity ${current.humidity} %.`;
}
