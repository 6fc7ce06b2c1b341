/** How a pack goes from the engine's thread to the host, which must not be held up by a large one. */
import type { PackResult, ScoreTerm } from '../context/pack.js';
import type { ListedFile, SentPack, SentPackResult } from './protocol.js';

/** What is posted: what is long stands in bytes that are handed over, and is decoded when it is first looked at. */
export type PostedPack =
  | { readonly kind: 'packed'; readonly pack: Omit<SentPack, 'files' | 'prompt'> & PostedParts }
  | { readonly kind: 'refused'; readonly message: string };

interface PostedParts {
  /** UTF-8. */
  readonly prompt: Uint8Array<ArrayBuffer>;
  readonly files: readonly Omit<ListedFile, 'terms'>[];
  /** Terms of each file, as JSON. */
  readonly terms: Uint8Array<ArrayBuffer>;
}

/** The same pack without its files' texts. */
export function withoutTexts(result: PackResult): SentPackResult {
  if (result.kind === 'refused') return result;
  const { files, ...rest } = result.pack;
  return { kind: 'packed', pack: { ...rest, files: files.map(({ text: _, ranges: __, ...listed }) => listed) } };
}

/** A message, and the memory that goes with it. */
export function postPack(result: SentPackResult): { readonly posted: PostedPack; readonly transfer: ArrayBuffer[] } {
  if (result.kind === 'refused') return { posted: result, transfer: [] };
  const { files, ...rest } = result.pack;
  const encoder = new TextEncoder();
  const prompt = encoder.encode(rest.prompt);
  const terms = encoder.encode(JSON.stringify(files.map((f) => f.terms)));
  const posted = { ...rest, prompt, terms, files: files.map(({ terms: _, ...listed }) => listed) };
  return { posted: { kind: 'packed', pack: posted }, transfer: [prompt.buffer, terms.buffer] };
}

/** What {@link postPack} was given. */
export function receivePack(result: PostedPack): SentPackResult {
  if (result.kind === 'refused') return result;
  const { prompt, terms, files, ...rest } = result.pack;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const text = once(() => decoder.decode(prompt));
  const all = once(() => JSON.parse(decoder.decode(terms)) as readonly (readonly ScoreTerm[])[]);
  const listed = files.map((file, i) => new ReceivedFile(file, () => all()[i]!));
  return { kind: 'packed', pack: Object.defineProperty({ ...rest, files: listed, prompt: '' }, 'prompt', { get: text, enumerable: true }) };
}

class ReceivedFile implements ListedFile {
  readonly path: ListedFile['path'];
  readonly level: ListedFile['level'];
  readonly score: number;
  readonly reason: string;
  readonly tokens: number;
  readonly rules?: NonNullable<ListedFile['rules']>;

  constructor(
    { path, level, score, reason, tokens, rules }: Omit<ListedFile, 'terms'>,
    private readonly told: () => readonly ScoreTerm[],
  ) {
    this.path = path;
    this.level = level;
    this.score = score;
    this.reason = reason;
    this.tokens = tokens;
    if (rules !== undefined) this.rules = rules;
  }

  get terms(): readonly ScoreTerm[] {
    return this.told();
  }
}

/** `make` when it is first asked for, and never again. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
