import { isIP } from 'node:net';
import { z } from 'zod';
import { BotActionHandler, fetchJsonWithin, MessengerBots } from '../index.ts';

const place = z.object({
  status: z.literal('success'),
  city: z.string(),
  regionName: z.string(),
  country: z.string(),
});
const answer = z.discriminatedUnion('status', [place, z.object({ status: z.literal('fail') })]);

/** Tells the sender where their address seems to be. */
export class LocationBot extends BotActionHandler {
  static override readonly environment = ['BOT_LOCATION_API_KEY?'];

  static override getSettings() {
    return {
      alias: 'location',
      description: 'Tells you where you seem to be, going by your address on the internet.',
      name: 'Locator',
      unique: true,
      triggers: ['!location', '!findMe', '!whereAmI'],
      match: MessengerBots.MATCH_EXACT_CASELESS,
    };
  }

  async handle() {
    const found = await locate(this.senderIp);
    if (found === null) this.releaseCooldown();
    const text = found === null ? 'I cannot tell where you are.' : `You seem to be in ${found}.`;
    await this.composer().emitTyping().message(text, this.message);
  }
}

/** City, region and country; null where they are unknown. */
async function locate(ip: string | null): Promise<string | null> {
  if (ip === null || isIP(ip) === 0) return null;
  const found = await fetchJsonWithin(5_000, addressFor(ip), answer);
  if (found.status === 'fail') return null;
  const { city, regionName, country } = found;
  return [city, regionName, country].filter((part) => part !== '').join(', ') || null;
}

/** Only who has a key is served by the host that encrypts. */
function addressFor(ip: string): string {
  const { BOT_LOCATION_API_KEY: key } = process.env;
  const host = key ? 'https://pro.ip-api.com' : 'http://ip-api.com';
  const query = new URLSearchParams({ fields: 'status,country,regionName,city', ...(key && { key }) });
  return `${host}/json/${ip}?${query}`;
}
