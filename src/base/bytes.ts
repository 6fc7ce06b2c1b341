/** Numbers and strings as bytes, small numbers in one byte each (LEB128). */

export class ByteWriter {
  #bytes = Buffer.allocUnsafe(1 << 12);
  #size = 0;

  /** Bytes written so far. */
  get size(): number {
    return this.#size;
  }

  /** A whole number from 0 to 2^53 - 1. Throws a RangeError for a negative one. */
  number(value: number): this {
    if (!(value >= 0)) throw new RangeError(`${value} is below zero`);
    this.#reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#size++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#size++] = rest;
    return this;
  }

  /** A whole number of either sign, small ones of both in one byte ("zigzag"). */
  signed(value: number): this {
    return this.number(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  /** Any number, in eight bytes. */
  float(value: number): this {
    this.#reserve(8);
    this.#bytes.writeDoubleLE(value, this.#size);
    this.#size += 8;
    return this;
  }

  append(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#size);
    this.#size += bytes.length;
    return this;
  }

  /** A list of strings: their lengths, then all of them as one run of UTF-8, which is faster to read than each alone. */
  strings(strings: readonly string[]): this {
    const run = Buffer.from(strings.join(''), 'utf8');
    this.number(strings.length);
    for (const s of strings) this.number(s.length);
    return this.number(run.length).append(run);
  }

  /** What was written, in memory of its own. */
  bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.subarray(0, this.#size));
  }

  #reserve(more: number): void {
    if (this.#size + more <= this.#bytes.length) return;
    const bigger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#size + more));
    bigger.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = bigger;
  }
}

/** Reads what {@link ByteWriter} wrote. Throws a RangeError when the bytes end too early. */
export class ByteReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;

  /** Reads from `start` on, before `end`. */
  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = start;
    this.#end = end;
  }

  /** Place of the next byte. */
  get at(): number {
    return this.#at;
  }

  /** Bytes not yet read. */
  get left(): number {
    return this.#end - this.#at;
  }

  number(): number {
    let byte = this.#next();
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let scale = 0x80;
    do {
      byte = this.#next();
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
    } while (byte >= 0x80);
    return value;
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  float(): number {
    return this.bytes(8).readDoubleLE();
  }

  /** The next bytes, as a view. */
  bytes(length: number): Buffer {
    if (length > this.left) throw new RangeError('the bytes end too early');
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return bytes;
  }

  strings(): string[] {
    const count = this.number();
    const lengths: number[] = [];
    let units = 0;
    for (let i = 0; i < count; i++) {
      const length = this.number();
      lengths.push(length);
      units += length;
    }
    const size = this.number();
    if (size > this.left) throw new RangeError('the bytes end too early');
    // As many bytes as UTF-16 units: all of it is ASCII.
    const run = this.#bytes.toString(size === units ? 'latin1' : 'utf8', this.#at, this.#at + size);
    this.#at += size;
    let at = 0;
    return lengths.map((length) => {
      const start = at;
      at += length;
      return run.slice(start, at);
    });
  }

  #next(): number {
    if (this.#at >= this.#end) throw new RangeError('the bytes end too early');
    return this.#bytes[this.#at++]!;
  }
}
