/** What of an answer that is an object by the schema is for people, while it is being written: its message, and what each change is of. */

/** Containers around a value of the message, and around one of a change's own. */
const IN_ANSWER = 1;
const IN_CHANGE = 3;

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * Reads an answer as it comes, in time that is linear in its length. One that is no object is
 * passed on as it is. Never throws, whatever comes.
 */
export class ReadableAnswer {
  #form: 'unknown' | 'object' | 'text' = 'unknown';
  #raw = '';
  #shown = false;
  #depth = 0;
  /** The name of the member at each depth. */
  readonly #names: string[] = [];
  #isName = false;
  #inString = false;
  #string = '';
  /** Of an escape: what came of it after the backslash. */
  #escape: string | undefined;
  /** The first half of a character that comes in two escapes. */
  #half = '';
  #change: Record<string, string> = {};
  readonly #told = new Set<string>();

  /** The next piece of what is to be shown; `undefined` at the end. Of an object that has no message, that is all of it. */
  push(piece: string | undefined): string {
    if (piece === undefined) return this.#form === 'text' || this.#shown ? '' : this.#raw;
    if (this.#form === 'text') return piece;
    if (!this.#shown) this.#raw += piece;
    if (this.#form === 'unknown') {
      const begun = this.#raw.trimStart();
      if (begun === '') return '';
      this.#form = begun.startsWith('{') ? 'object' : 'text';
      if (this.#form === 'text') return this.#raw;
    }
    let out = '';
    for (const unit of piece) out += this.#inString ? this.#inside(unit) : this.#outside(unit);
    if (out !== '') this.#shown = true;
    return out;
  }

  #outside(unit: string): string {
    switch (unit) {
      case '{':
      case '[':
        this.#depth++;
        this.#isName = unit === '{';
        this.#names[this.#depth] = '';
        if (this.#depth === IN_CHANGE) this.#change = {};
        return '';
      case '}':
      case ']':
        this.#depth--;
        this.#isName = false;
        return '';
      case ',':
        this.#isName = this.#names[this.#depth] !== '';
        return '';
      case ':':
        this.#isName = false;
        return '';
      case '"':
        this.#inString = true;
        this.#string = '';
        return '';
      default:
        return '';
    }
  }

  #inside(unit: string): string {
    if (this.#escape !== undefined) {
      this.#escape += unit;
      if (this.#escape[0] === 'u' && this.#escape.length < 5) return '';
      const text = unescaped(this.#escape);
      this.#escape = undefined;
      return this.#put(text);
    }
    if (unit === '\\') {
      this.#escape = '';
      return '';
    }
    if (unit !== '"') return this.#put(unit);
    this.#inString = false;
    this.#half = '';
    if (this.#isName) {
      this.#names[this.#depth] = this.#string;
      return '';
    }
    return this.#changeTold();
  }

  #put(text: string): string {
    if (this.#isName || this.#isOfChange()) {
      this.#string += text;
      return '';
    }
    if (!this.#isMessage()) return '';
    if (/^[\uD800-\uDBFF]$/.test(text)) {
      this.#half = text;
      return '';
    }
    const whole = this.#half + text;
    this.#half = '';
    return whole;
  }

  #isMessage(): boolean {
    return this.#depth === IN_ANSWER && this.#names[IN_ANSWER] === 'message';
  }

  #isOfChange(): boolean {
    return this.#depth === IN_CHANGE && this.#names[IN_ANSWER] === 'changes' && /^(?:kind|path|to)$/.test(this.#names[IN_CHANGE] ?? '');
  }

  /** A line for a change once its kind and path are known, and one for all edits of a file. */
  #changeTold(): string {
    if (!this.#isOfChange()) return '';
    this.#change[this.#names[IN_CHANGE]!] = this.#string;
    const { kind, path, to } = this.#change;
    if (kind === undefined || path === undefined || (kind === 'move' && to === undefined)) return '';
    const line = `- ${kind} ${oneLine(path)}${to === undefined ? '' : ` → ${oneLine(to)}`}`;
    if (this.#told.has(line)) return '';
    const first = this.#told.size === 0;
    this.#told.add(line);
    return `${first ? '\n\n' : '\n'}${line}`;
  }
}

/** All of an answer that is for people. */
export function readable(answer: string): string {
  const reader = new ReadableAnswer();
  return reader.push(answer) + reader.push(undefined);
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');

/** @param sequence what stands behind the backslash. */
function unescaped(sequence: string): string {
  if (sequence[0] !== 'u') return ESCAPES[sequence] ?? sequence;
  const code = Number.parseInt(sequence.slice(1), 16);
  return Number.isNaN(code) ? '' : String.fromCharCode(code);
}
