/** Makes a segment of records. */
import { Numbering } from '../../base/numbering.js';
import { stemOf } from '../../base/words.js';
import { referenceLines } from '../../syntax/codec.js';
import type { FileRecord, SymbolKind } from '../../syntax/record.js';
import { type Block, blocksOf } from '../blocks.js';
import { isReadable } from '../packable.js';
import { BLOCK_KINDS, type Segment } from './segment.js';
import { TermTableWriter } from './term-table.js';
import { WordTurner } from './turn.js';

/** Names of at most so many characters say little. */
export const MIN_NAME = 3;

/** What others may mean when they use the name. */
export const isTelling = (name: string, kind: SymbolKind): boolean =>
  name.length > MIN_NAME && kind !== 'section' && kind !== 'key' && kind !== 'constructor';

const TYPES: ReadonlySet<SymbolKind> = new Set(['class', 'interface', 'struct', 'enum', 'trait', 'impl']);
const FUNCTIONS: ReadonlySet<SymbolKind> = new Set(['function', 'method', 'constructor']);

function kindOf(symbol: FileRecord['symbols'][number] | undefined): number {
  if (!symbol) return BLOCK_KINDS.none;
  if (TYPES.has(symbol.kind)) return BLOCK_KINDS.type;
  return FUNCTIONS.has(symbol.kind) ? BLOCK_KINDS.function : BLOCK_KINDS.other;
}

export class SegmentWriter {
  readonly #keys: string[] = [];
  readonly #languages = new Numbering();
  readonly #language: number[] = [];
  readonly #readable: number[] = [];
  readonly #tokens: number[] = [];
  readonly #words: number[] = [];
  readonly #firstBlock: number[] = [0];
  readonly #lengths: number[] = [];
  readonly #logTokens: number[] = [];
  readonly #importing: number[] = [];
  readonly #kinds: number[] = [];
  readonly #lines: number[] = [];
  readonly #notice: number[] = [];
  readonly #stems = new TermTableWriter();
  readonly #references = new TermTableWriter();
  readonly #definitions = new TermTableWriter();
  readonly #turner = new WordTurner();
  readonly #stemOfWord = new Map<string, number>();

  /** Documents added so far. */
  get size(): number {
    return this.#keys.length;
  }

  /** @param key names the record's content. */
  add(key: string, record: FileRecord): void {
    const { text, language, tokens } = record;
    this.#keys.push(key);
    this.#language.push(this.#languages.of(language ?? ''));
    this.#readable.push(isReadable(record) ? 1 : 0);
    this.#tokens.push(tokens);
    const blocks = text.encoding === 'binary' ? [] : blocksOf(record);
    const inBlock = new Int32Array(record.lineCount).fill(-1);
    for (const [i, { start, end }] of blocks.entries()) inBlock.fill(i, start, end + 1);
    this.#firstBlock.push(this.#firstBlock.at(-1)! + blocks.length);
    this.#addWords(record, blocks, inBlock);
    this.#addNames(record, inBlock);
  }

  finish(): Segment {
    return {
      keys: this.#keys,
      languages: this.#languages.all,
      language: Uint8Array.from(this.#language),
      readable: Uint8Array.from(this.#readable),
      tokens: Float64Array.from(this.#tokens),
      words: Uint32Array.from(this.#words),
      firstBlock: Uint32Array.from(this.#firstBlock),
      lengths: Uint32Array.from(this.#lengths),
      logTokens: Float64Array.from(this.#logTokens),
      importing: Uint8Array.from(this.#importing),
      kinds: Uint8Array.from(this.#kinds),
      lines: Uint8Array.from(this.#lines),
      notice: Uint8Array.from(this.#notice),
      stems: this.#stems.finish(),
      references: this.#references.finish(),
      definitions: this.#definitions.finish(),
    };
  }

  #addWords({ words, tokens, lineCount, imports, symbols }: FileRecord, blocks: readonly Block[], inBlock: Int32Array): void {
    const doc = this.#keys.length - 1;
    const turned = this.#turner.turn(words, (word) => this.#stemNumber(word), blocks.length, inBlock);
    const { lengths, stems, offsets, counts } = turned;
    for (let i = 0; i < stems.length; i++)
      for (let at = offsets[i]!; at < offsets[i + 1]!; at++) this.#stems.add(stems[i]!, doc, turned.inBlock[at]!, counts[at]!);
    this.#words.push(words.lines.length);
    const importing = new Uint8Array(blocks.length);
    for (const { line } of imports) if (line < inBlock.length) importing[inBlock[line]!] = 1;
    // Tokens are known of the file; a block's share of its words and lines is near enough.
    const total = Math.max(
      1,
      lengths.reduce((n, l) => n + l, 0),
    );
    for (const [i, { start, end, symbol }] of blocks.entries()) {
      this.#lengths.push(lengths[i]!);
      this.#logTokens.push(Math.log1p(tokens * ((lengths[i]! / total + (end - start + 1) / lineCount) / 2)));
      this.#importing.push(importing[i]!);
      this.#kinds.push(kindOf(symbols[symbol]));
      this.#lines.push(end - start + 1);
      this.#notice.push(i === 0 && symbol < 0 && importing[i] === 0 ? 1 : 0);
    }
  }

  #addNames(record: FileRecord, inBlock: Int32Array): void {
    const doc = this.#keys.length - 1;
    const valueAt = (line: number): number => (inBlock[line] ?? -1) + 1;
    const { names, name, line } = referenceLines(record);
    const numbers = new Int32Array(names.length).fill(-1);
    for (let i = 0; i < name.length; i++) {
      const of = name[i]!;
      if (names[of]!.length <= MIN_NAME) continue;
      if (numbers[of]! < 0) numbers[of] = this.#references.number(names[of]!);
      this.#references.add(numbers[of]!, doc, i, valueAt(line[i]!));
    }
    for (const [i, { name: defined, kind, nameLine }] of record.symbols.entries())
      this.#definitions.add(this.#definitions.number(defined), doc, i, valueAt(nameLine) * 2 + (isTelling(defined, kind) ? 1 : 0));
  }

  #stemNumber(word: string): number {
    let stem = this.#stemOfWord.get(word);
    if (stem === undefined) {
      stem = this.#stems.number(stemOf(word));
      this.#stemOfWord.set(word, stem);
    }
    return stem;
  }
}
