/** How names and texts are written in an answer: as they are, or as HTML. */
export type Write = (text: string) => string;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

/** A text as HTML shows it. */
export const escapeHtml: Write = (text) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/**
 * How names and texts are written by these settings.
 *
 * @example writing(app.settings.http)('<b>') // '<b>', or '&lt;b&gt;' with escapeHtml
 */
export const writing = (settings: { escapeHtml: boolean }): Write =>
  settings.escapeHtml ? escapeHtml : (text) => text;
