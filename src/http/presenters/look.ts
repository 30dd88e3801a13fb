/** How somebody is to be seen: 0 offline, 1 online, 2 away. */
export type OnlineStatus = 0 | 1 | 2;

/** What presenters must know beside what they present. */
export interface Look {
  /** A name or a text as it is answered: raw, or as HTML. */
  text(raw: string): string;
  onlineStatus(userId: string): OnlineStatus;
}

/** The names of the states. */
export const onlineStatusNames = ['OFFLINE', 'ONLINE', 'AWAY'] as const;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

/** A text as HTML shows it. */
export const escapeHtml = (raw: string): string =>
  raw.replace(/[&<>"']/g, (found) => entities[found] ?? found);
