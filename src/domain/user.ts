import type { Timestamp } from '../base/clock.ts';
import type { Provider } from './provider.ts';

/** A person. */
export interface User {
  id: string;
  name: string;
  createdAt: Timestamp;
  updatedAt: Timestamp;
}

/** A person as a provider. */
export const asProvider = ({ id, name }: User): Provider => ({ type: 'user', id, name });
