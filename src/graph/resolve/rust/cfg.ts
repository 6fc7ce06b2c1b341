/** Conditional compilation: what `#[cfg(…)]` says in an ordinary build (The Rust Reference, "Conditional compilation"). */

/** Set in a debug build and in its tests, on Linux; nothing that a build flag turns on by hand (loom, miri, docsrs). */
const SET = new Set([
  'unix',
  'test',
  'debug_assertions',
  'panic="unwind"',
  'target_os="linux"',
  'target_family="unix"',
  'target_arch="x86_64"',
]);
for (const set of ['target_pointer_width="64"', 'target_endian="little"', 'target_env="gnu"', 'target_has_atomic', 'target_thread_local'])
  SET.add(set);
for (const width of ['8', '16', '32', '64', 'ptr']) SET.add(`target_has_atomic="${width}"`);

export type Features = Pick<ReadonlySet<string>, 'has'>;
export const EVERY_FEATURE: Features = { has: () => true };

/** Whether a condition holds, given the features that are on; one that cannot be read does. */
export function holds(condition: string, features: Features): boolean {
  const tokens = condition.match(/\w+|"[^"]*"|[(),=]/g) ?? [];
  let at = 0;
  const predicate = (): boolean => {
    const name = tokens[at++] ?? '';
    if (tokens[at] === '(') {
      at++;
      const parts: boolean[] = [];
      while (at < tokens.length && tokens[at] !== ')') {
        parts.push(predicate());
        if (tokens[at] === ',') at++;
      }
      at++;
      if (name === 'not') return !parts[0];
      return name === 'any' ? parts.includes(true) : !parts.includes(false);
    }
    if (tokens[at] !== '=') return name === '' || name === 'true' || SET.has(name);
    const value = tokens[at + 1] ?? '""';
    at += 2;
    return name === 'feature' ? features.has(value.slice(1, -1)) : SET.has(`${name}=${value}`);
  };
  return predicate();
}
