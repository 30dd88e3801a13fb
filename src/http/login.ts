import type { IncomingMessage } from 'node:http';
import { asError } from '../base/errors.ts';
import type { Authenticate } from '../domain/authenticate.ts';
import type { User } from '../domain/user.ts';
import { ensureHostUser } from '../services/users/host-user.ts';
import { userOfToken } from '../services/users/tokens.ts';
import type { HttpApp } from './endpoint.ts';

/** Identifies the sender of a request. Returns undefined for an unknown sender. */
export type Login = (request: IncomingMessage) => Promise<User | undefined>;

/** Login with a token or, if configured, with the host application's own login. */
export function loginFor(app: HttpApp): Login {
  const { auth } = app.settings().http;
  return async (request) => {
    const user = await userOfBearer(app, request);
    if (user || auth === undefined) return user;
    const hostUser = await askHost(auth, request);
    return hostUser ? ensureHostUser(app, hostUser) : undefined;
  };
}

/** The host application may throw any value. What is reported is always an Error. */
async function askHost(
  auth: Authenticate,
  request: IncomingMessage,
): Promise<Awaited<ReturnType<Authenticate>>> {
  try {
    return await auth(request);
  } catch (thrown) {
    throw asError(thrown);
  }
}

/** The id of the token that a request is sent with. Undefined for other logins. */
export const tokenIdOf = ({ headers }: IncomingMessage): string | undefined =>
  /^Bearer +([\w-]+)\./i.exec(headers.authorization ?? '')?.[1];

async function userOfBearer(app: HttpApp, { headers }: IncomingMessage): Promise<User | undefined> {
  const [, token] = /^Bearer +([\w.-]+)$/i.exec(headers.authorization ?? '') ?? [];
  return token === undefined ? undefined : userOfToken(app, token);
}
