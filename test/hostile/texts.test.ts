import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { decodeRecord } from '../../src/syntax/codec.js';
import { LANGUAGES } from '../../src/syntax/languages.js';
import { readFiles } from '../../src/syntax/pool.js';
import type { FileRecord } from '../../src/syntax/record.js';
import { Folder } from '../folders.js';

/** Bytes that look random and are the same in every run. */
function noise(length: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(length);
  let seed = 7;
  for (let i = 0; i < length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    bytes[i] = from + ((seed >>> 16) % (to - from + 1));
  }
  return bytes;
}

/** Records of texts, each under every language's first extension or under the one given. */
async function recordsOf(
  texts: Readonly<Record<string, string | Uint8Array>>,
  extensions: readonly string[],
): Promise<Map<string, FileRecord>> {
  const folder = new Folder();
  try {
    const jobs = Object.entries(texts).flatMap(([name, text]) =>
      extensions.map((extension) => {
        folder.write(name + extension, text);
        const language = LANGUAGES.find((l) => l.extensions.includes(extension))?.id;
        return { absolute: `${folder.path}/${name}${extension}`, language, size: text.length, name: name + extension };
      }),
    );
    const records = new Map<string, FileRecord>();
    const options = {
      script: resolve('dist/worker.js'),
      grammars: resolve('dist/grammars'),
      limits: { hugeBytes: 1_000_000, parseSteps: 15_000, extractWork: 1_000_000 },
      // A busy machine is not a hostile text.
      stuckMs: 45_000,
    };
    await readFiles(jobs, options, (job, result) => {
      assert.equal(result.kind, 'read', jobs[job]!.name);
      if (result.kind === 'read') records.set(jobs[job]!.name, decodeRecord(result.bytes));
    });
    assert.equal(records.size, jobs.length);
    return records;
  } finally {
    folder.remove();
  }
}

const EXTENSIONS = LANGUAGES.map((l) => l.extensions[0]!);

describe('hostile texts', () => {
  it('gives every text under every extension a record with all its tokens: noise, deep nesting', async () => {
    const depth = 1_000;
    const texts = {
      bytes: noise(30_000, 0, 255),
      letters: noise(2_000, 32, 126),
      high: noise(2_000, 128, 255),
      parentheses: `x = ${'(\n'.repeat(depth)}1${')\n'.repeat(depth)}`,
      open: '([{\n'.repeat(depth),
    };
    for (const [name, { parse, text, tokens, lineCount }] of await recordsOf(texts, EXTENSIONS)) {
      const binary = name.startsWith('bytes');
      assert.equal(text.encoding === 'binary', binary, name);
      assert.match(parse.kind, binary ? /^none$/ : /^(parsed|none|timeout|failed)$/, name);
      assert.equal(tokens > 0 && lineCount > 0, !binary, name);
    }
  });

  it('goes on with a fresh parser behind a file that made one trap', async () => {
    // Both overflow the buffer in which their grammars keep the open blocks.
    const records = await recordsOf({ '1-quotes': `${'>'.repeat(2_000)} a\n`, '2-fine': '# Title\n\ntext\n' }, ['.md']);
    assert.equal(records.get('1-quotes.md')?.parse.kind, 'failed');
    assert.equal(records.get('2-fine.md')?.parse.kind, 'parsed');
    assert.deepEqual(
      records.get('2-fine.md')?.symbols.map((s) => s.name),
      ['Title'],
    );
  });

  it('ends in time on a chain that takes quadratic time to follow', async () => {
    const chain = `a${'.\nb'.repeat(8_000)}`;
    const records = await recordsOf({ chain: `package p\nvar x = ${chain}` }, ['.go']);
    assert.match(records.get('chain.go')!.parse.kind, /^(timeout|failed)$/);
  });

  it('tells in one pass what is a path and what is another expression', async () => {
    const slashes = '\\'.repeat(44);
    const records = await recordsOf({ slashes: `$.${slashes}@.f();\na.${slashes}(x).g();\n` }, ['.js', '.ts', '.php']);
    for (const [name, { parse }] of records) assert.equal(parse.kind, 'parsed', name);
  }).timeout(150_000);

  it('keeps lines, tokens and an outline of files over the limit: one line, only blanks, only line breaks', async () => {
    const size = 5_000_000;
    const texts = {
      line: 'var a=function(b){return b*12};'.repeat(size / 31),
      blanks: ' '.repeat(size),
      breaks: '\n'.repeat(size),
      outline: `class First {}\n${'// filler\n'.repeat(size / 10)}`,
    };
    for (const [name, { parse, lineCount, tokens, symbols }] of await recordsOf(texts, ['.ts'])) {
      assert.equal(parse.kind, 'huge', name);
      assert.ok(tokens > 0, name);
      assert.equal(lineCount > 1, name === 'breaks.ts' || name === 'outline.ts', name);
      assert.deepEqual(
        symbols.map((s) => s.name),
        name === 'outline.ts' ? ['First'] : [],
        name,
      );
    }
  });

  it('counts half a megabyte of blanks in a small file at once', async () => {
    const records = await recordsOf({ blanks: `x = 1${' '.repeat(500_000)}\ny = 2\n` }, ['.py']);
    assert.equal(records.get('blanks.py')?.parse.kind, 'none');
  });
});
