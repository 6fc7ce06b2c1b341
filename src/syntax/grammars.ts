/** Loads tree-sitter's runtime and one grammar per language, each once per thread, from dist/grammars. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Language, Parser, Query } from 'web-tree-sitter';
import type { LanguageSpec } from './language.js';

export interface Grammar {
  readonly parser: Parser;
  readonly query: Query;
}

export class Grammars {
  #ready: Promise<void> | undefined;
  readonly #loaded = new Map<string, Promise<Grammar>>();
  /** Something was thrown out of the runtime: what it answers from now on cannot be trusted. */
  spoilt = false;

  /** @param folder where the .wasm files are. */
  constructor(private readonly folder: string) {}

  /** The parser and query of a language with a grammar. Throws when the file is missing or its ABI does not fit. */
  load(spec: LanguageSpec): Promise<Grammar> {
    let grammar = this.#loaded.get(spec.id);
    if (!grammar) {
      grammar = this.#load(spec);
      this.#loaded.set(spec.id, grammar);
    }
    return grammar;
  }

  async #load(spec: LanguageSpec): Promise<Grammar> {
    if (!spec.grammar || spec.query === undefined) throw new Error(`${spec.id} has no grammar`);
    this.#ready ??= Parser.init({ wasmBinary: readFileSync(join(this.folder, 'web-tree-sitter.wasm')) });
    await this.#ready;
    const language = await Language.load(readFileSync(join(this.folder, spec.grammar.wasm)));
    const parser = new Parser();
    parser.setLanguage(language);
    return { parser, query: new Query(language, spec.query) };
  }
}
