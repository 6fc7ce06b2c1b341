/** Names the place that an endpoint, a model and a key are. */
import { createHmac } from 'node:crypto';
import type { Endpoint } from '../providers/presets.js';
import type { Place } from './health.js';

/** @param secret of this machine, without which nobody can try keys against what is kept of them. */
export function placeOf({ baseUrl }: Pick<Endpoint, 'baseUrl'>, model: string, key: string | undefined, secret: Uint8Array): Place {
  const { host, pathname } = new URL(baseUrl);
  const mark = key === undefined ? undefined : createHmac('sha256', secret).update(key).digest('hex').slice(0, 16);
  return { endpoint: `${host}${pathname.replace(/\/$/, '')}`, model, ...(mark === undefined ? {} : { key: mark }) };
}
