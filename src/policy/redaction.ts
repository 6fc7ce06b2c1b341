/**
 * Takes secrets out of what leaves the machine and puts them back into what returns. A secret
 * has the same placeholder every time, so that a provider's prompt cache still matches and a
 * model can move the value around without knowing it.
 */
import { createHmac } from 'node:crypto';
import { findSecrets } from './secrets.js';

/** A secret that was taken out; the secret itself is not in it. */
export interface Redacted {
  readonly kind: string;
  readonly placeholder: string;
}

export interface RedactedText {
  readonly text: string;
  readonly redacted: readonly Redacted[];
}

/** Bytes of the digest in a placeholder: no two secrets of a workspace share 48 bits. */
const DIGEST_HEX = 12;

/** Characters of a secret that is looked for by itself. */
const LEAST_HIDDEN = 12;

export class Redaction {
  readonly #secrets = new Map<string, string>();

  /** @param key of this machine: without it a placeholder does not tell whether a guess at the secret is right. */
  constructor(private readonly key: Uint8Array) {}

  /** `text` with a placeholder for each secret. Text that only looks like a placeholder of ours stays as it is. */
  async redact(path: string, text: string): Promise<RedactedText> {
    const found = await findSecrets(path, text);
    const redacted: Redacted[] = [];
    let out = '';
    let next = 0;
    for (const { kind, start, end } of found) {
      const secret = text.slice(start, end);
      const placeholder = this.#placeholderOf(kind, secret);
      this.#secrets.set(placeholder, secret);
      redacted.push({ kind, placeholder });
      out += text.slice(next, start) + placeholder;
      next = end;
    }
    return { text: out + text.slice(next), redacted };
  }

  /**
   * `text` without the secrets that were taken out elsewhere: one that stands where nothing tells it for a secret,
   * because a model had it moved there. Short ones stay: they may be words.
   */
  hide(text: string): RedactedText {
    const redacted: Redacted[] = [];
    let out = text;
    for (const [placeholder, secret] of this.#secrets) {
      if (secret.length < LEAST_HIDDEN || !out.includes(secret)) continue;
      out = out.replaceAll(secret, () => placeholder);
      redacted.push({ kind: placeholder.slice(PLACEHOLDER_BEGIN.length, placeholder.lastIndexOf(':')), placeholder });
    }
    return { text: out, redacted };
  }

  /** `text` with the secrets that this object took out, in place of their placeholders. Others stay: they are listed by {@link unknownPlaceholders}. */
  restore(text: string): string {
    return text.replace(PLACEHOLDER, (placeholder) => this.#secrets.get(placeholder) ?? placeholder);
  }

  /**
   * {@link restore} for a person's eyes, and what they may copy: behind an address on the same line a
   * placeholder stays, so that no link which a model writes carries a secret to where it leads.
   */
  restoreShown(text: string): string {
    return this.#restoreLines(text, new AddressWatch());
  }

  /** Restores a text that comes in pieces: give it each piece, and `undefined` at the end. What may be the beginning of a placeholder is held back. */
  restorer({ shown = false } = {}): (piece: string | undefined) => string {
    const watch = new AddressWatch();
    let held = '';
    return (piece) => {
      const text = held + (piece ?? '');
      const open = piece === undefined ? -1 : text.search(UNFINISHED);
      held = open < 0 ? '' : text.slice(open);
      const whole = open < 0 ? text : text.slice(0, open);
      return shown ? this.#restoreLines(whole, watch) : this.restore(whole);
    };
  }

  #restoreLines(text: string, watch: AddressWatch): string {
    let seen = 0;
    const restored = text.replace(PLACEHOLDER, (placeholder, at: number) => {
      watch.read(text.slice(seen, at));
      seen = at;
      return watch.inAddress ? placeholder : (this.#secrets.get(placeholder) ?? placeholder);
    });
    watch.read(text.slice(seen));
    return restored;
  }

  /** Placeholders of the secrets that stand in `text`, among those that this object took out, and how often each does. */
  countIn(text: string): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const [placeholder, secret] of this.#secrets) {
      const count = text.split(secret).length - 1;
      if (count > 0) counts.set(placeholder, count);
    }
    return counts;
  }

  /** Placeholders in `text` that stand for no secret known here: made up, or of another workspace. */
  unknownPlaceholders(text: string): string[] {
    return [...new Set(text.match(PLACEHOLDER) ?? [])].filter((p) => !this.#secrets.has(p));
  }

  #placeholderOf(kind: string, secret: string): string {
    const digest = createHmac('sha256', this.key).update(secret).digest('hex').slice(0, DIGEST_HEX);
    return `${PLACEHOLDER_BEGIN}${kind}:${digest}>`;
  }
}

/** Reads a text piece by piece, and knows whether an address stands on the line that it is at. */
class AddressWatch {
  inAddress = false;
  #last = '';

  read(text: string): void {
    const end = text.lastIndexOf('\n');
    if (end >= 0) [this.inAddress, this.#last] = [false, ''];
    const line = this.#last + text.slice(end + 1);
    this.inAddress ||= ADDRESS.test(line);
    this.#last = line.slice(-LONGEST_SIGN);
  }
}

/** What an address, or the place for one in Markdown and HTML, begins with. */
const ADDRESS = /:\/\/|www\.|(?:mailto|data|command|vscode|javascript|file):|\]\(|\]:|(?:href|src|srcset|action|poster|background)=|url\(/i;
const LONGEST_SIGN = 12;

/** What every placeholder begins with. */
export const PLACEHOLDER_BEGIN = '<longview-secret:';

const PLACEHOLDER = new RegExp(`${PLACEHOLDER_BEGIN}[a-z0-9-]{1,40}:[0-9a-f]{${DIGEST_HEX}}>`, 'g');

/** The beginning of a placeholder at the end of a text. */
const UNFINISHED = /<(?:l(?:o(?:n(?:g(?:v(?:i(?:e(?:w(?:-[a-z0-9:-]{0,70})?)?)?)?)?)?)?)?)?$/;
