/** Writes an answer, or the data of a broadcast, as JSON. */
export type WriteJson = (value: unknown) => string;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

/** Everything in JSON that is not a quote of its own: what is behind a backslash, and what HTML takes for its own. */
const markup = /\\(.)|[&<>']/gs;

/**
 * JSON whose texts, at any depth and the names of fields too, are HTML. Outside of texts JSON has none of the
 * characters that are escaped but the quote, and that is behind a backslash inside of them.
 *
 * @example escapeJson('{"name":"<b> \\"x\\""}') // '{"name":"&lt;b&gt; &quot;x&quot;"}'
 */
export const escapeJson = (json: string): string =>
  json.replace(markup, (found, escaped?: string) => entities[escaped ?? found] ?? found);

/** What is markup in JSON that somebody else wrote: they may have written any character by its number. */
const foreignMarkup = /\\u00(22|27|3[ce])|\\(.)|[<>']/gis;

/**
 * JSON of a client whose texts cannot become markup. An ampersand stays: it may begin an entity, since clients pass on
 * texts that they were answered as HTML.
 */
const disarmJson = (json: string): string =>
  json.replace(foreignMarkup, (found, code?: string, escaped?: string) => {
    const character =
      code === undefined ? (escaped ?? found) : String.fromCharCode(Number.parseInt(code, 16));
    return character === '&' ? found : (entities[character] ?? found);
  });

/**
 * How everything that people and authors wrote leaves the server: as it is, or as HTML. This is the only place that
 * decides it, for answers, errors and broadcasts alike.
 *
 * @example writing(app.settings.http)({ name: '<b>' }) // '{"name":"<b>"}', or '{"name":"&lt;b&gt;"}' with escapeHtml
 */
export const createJsonWriter = (settings: { escapeHtml: boolean }): WriteJson =>
  settings.escapeHtml ? (value) => escapeJson(JSON.stringify(value)) : (value) => JSON.stringify(value);

/** What one client tells others, as they are sent it. */
interface HandedOn {
  event: string;
  channel: string | undefined;
  data: unknown;
  user_id: string | undefined;
}

/**
 * How what one client tells others is handed on: as it came, or where answers are HTML, without markup.
 *
 * Data that is a text is taken for JSON, as clients of the protocol do.
 */
export const createClientEventWriter = (settings: { escapeHtml: boolean }): ((event: HandedOn) => string) =>
  settings.escapeHtml
    ? (event) =>
        typeof event.data === 'string'
          ? JSON.stringify({ ...event, data: disarmJson(event.data) })
          : disarmJson(JSON.stringify(event))
    : (event) => JSON.stringify(event);
