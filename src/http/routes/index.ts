import type { Endpoint, HttpApp } from '../endpoint.ts';
import { botEndpoints } from './bots.ts';

/** Every endpoint below `/api/messenger`, resource by resource. */
export const endpoints = (app: HttpApp): Endpoint[] => [...botEndpoints(app)];
