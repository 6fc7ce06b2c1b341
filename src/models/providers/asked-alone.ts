/**
 * For every SDK: a server that answers "look elsewhere" is not followed. `fetch` would send
 * the prompt on to any host, and with it the headers that it does not know to hold a key.
 */
export const ASKED_ALONE = { redirect: 'manual' } as const;
