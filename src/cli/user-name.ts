import { userInfo } from 'node:os';

/** The name of whoever runs this process; a container may know none. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER || 'me';
  }
}
