/** The owner of something in a thread: a person or a bot. The HTTP contract calls both providers. */
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

/** The name shown when the owner no longer exists: a purged bot, a removed person. */
export const ghostName = 'Bot';
