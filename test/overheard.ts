/** Takes down what is told of requests, and searches that and what was kept on disk for what must be in neither. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export class Overheard {
  #told: string[] = [];

  /** @param told an event, an answer, an error. Returned as it is. */
  hear<T>(told: T): T {
    this.#told.push(JSON.stringify(told, withoutPrompts) ?? '');
    return told;
  }

  /** Fails where one of `forbidden` was told since the last time, or stands in a file of `folder`. Returns the files' names. */
  assertNothingOf(forbidden: readonly string[], folder?: string): readonly string[] {
    const names = folder === undefined ? [] : readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => statSync(join(folder!, name)).isFile());
    const kept = files.map((name) => [name, readFileSync(join(folder!, name), 'utf8')] as const);
    const told = this.#told.splice(0);
    for (const [where, text] of [...kept, ['what was told', told.join('\n')] as const]) {
      for (const words of forbidden) assert.ok(!text.includes(words), `${words} is in ${where}`);
    }
    return files;
  }
}

/** Errors with all that they say. The prompt that an event is about (`prepared`, or `to` of a fallback) is the caller's. */
function withoutPrompts(name: string, value: unknown): unknown {
  if (name === 'prepared' || name === 'to') return undefined;
  return value instanceof Error ? { ...value, message: value.message, stack: value.stack, cause: value.cause } : value;
}
