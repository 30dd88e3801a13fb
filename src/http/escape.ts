/** Serializes an answer, or the data of a broadcast, as JSON. */
export type WriteJson = (value: unknown) => string;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

/** Matches the characters to escape. A backslash marks the quotes that belong to a text. */
const markup = /\\(.)|[&<>']/gs;

/**
 * Escapes all texts of a JSON document as HTML, at any depth, including field names. Outside of texts, the
 * only escaped character that occurs is the quote, and inside of them it follows a backslash.
 *
 * @example escapeJson('{"name":"<b> \\"x\\""}') // '{"name":"&lt;b&gt; &quot;x&quot;"}'
 */
export const escapeJson = (json: string): string =>
  json.replace(markup, (found, escaped?: string) => entities[escaped ?? found] ?? found);

/** Matches markup in JSON that others wrote. They may have written any character as a numeric escape. */
const foreignMarkup = /\\u00(22|27|3[ce])|\\(.)|[<>']/gis;

/**
 * Escapes JSON from a client so that its texts cannot become markup. Ampersands are kept: they may start an
 * entity, since clients pass on texts that they received as HTML.
 */
const disarmJson = (json: string): string =>
  json.replace(foreignMarkup, (found, code?: string, escaped?: string) => {
    const character =
      code === undefined ? (escaped ?? found) : String.fromCharCode(Number.parseInt(code, 16));
    return character === '&' ? found : (entities[character] ?? found);
  });

/**
 * Decides how everything written by people and authors leaves the server: unchanged, or as HTML. No other
 * place decides this, for answers, errors or broadcasts.
 *
 * @example createJsonWriter(app.settings().http)({ name: '<b>' })
 * // '{"name":"<b>"}', or '{"name":"&lt;b&gt;"}' with escapeHtml
 */
export const createJsonWriter = (settings: { escapeHtml: boolean }): WriteJson =>
  settings.escapeHtml ? (value) => escapeJson(JSON.stringify(value)) : (value) => JSON.stringify(value);

/** What a client sends to others, as they receive it. */
interface ForwardedEvent {
  event: string;
  channel: string | undefined;
  data: unknown;
  user_id: string | undefined;
}

/**
 * Creates the function that serializes client events: unchanged or, if answers are HTML, without markup.
 *
 * Data that is a text is treated as JSON, as clients of the protocol do.
 */
export const createClientEventWriter = (settings: {
  escapeHtml: boolean;
}): ((event: ForwardedEvent) => string) =>
  settings.escapeHtml
    ? (event) =>
        typeof event.data === 'string'
          ? JSON.stringify({ ...event, data: disarmJson(event.data) })
          : disarmJson(JSON.stringify(event))
    : (event) => JSON.stringify(event);
