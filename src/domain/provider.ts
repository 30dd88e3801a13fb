/** Who can own a thread's things: a person or a bot. The HTTP contract calls both providers. */
export type ProviderType = 'user' | 'bot';

/** A reference to a person or a bot. */
export interface ProviderRef {
  type: ProviderType;
  id: string;
}

/** A person or a bot with its name. */
export interface Provider extends ProviderRef {
  name: string;
}

/** The name shown for the owner of something whose owner is gone: a purged bot, a removed person. */
export const ghostName = 'Bot';
