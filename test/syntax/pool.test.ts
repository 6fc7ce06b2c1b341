import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import { resolve } from 'node:path';
import { decodeRecord } from '../../src/syntax/codec.js';
import { readFiles, type SizedJob } from '../../src/syntax/pool.js';
import type { ReadResult } from '../../src/syntax/result.js';
import { Spares } from '../../src/syntax/spares.js';
import { Folder } from '../folders.js';

const options = { script: resolve('dist/worker.js'), grammars: resolve('dist/grammars') };

async function results(jobs: readonly SizedJob[], more: object = {}): Promise<ReadResult[]> {
  const out: ReadResult[] = [];
  await readFiles(jobs, { ...options, ...more }, (job, result) => {
    out[job] = result;
  });
  return out;
}
const stateOf = (r: ReadResult | undefined): string => (r?.kind === 'read' ? decodeRecord(r.bytes).parse.kind : (r?.kind ?? 'none'));

describe('syntax/pool', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());
  const job = (name: string, language: string | undefined, size = 10): SizedJob => ({ absolute: `${folder.path}/${name}`, language, size });

  it('does not parse again what has a record already', async () => {
    folder.write('a.ts', 'export function a() {}\n');
    const [first] = await results([job('a.ts', 'typescript')]);
    assert.ok(first?.kind === 'read');
    const known = { ...job('a.ts', 'typescript'), known: first.hash };
    assert.deepEqual(await results([known]), [{ kind: 'same' }]);
    folder.write('a.ts', 'export function b() {}\n');
    assert.deepEqual((await results([known])).map(stateOf), ['parsed']);
  });

  it('gives each file its own record, however many there are and whatever their grammars', async () => {
    const jobs: SizedJob[] = [];
    for (let i = 0; i < 90; i++) {
      const [name, language, text] = [
        [`f${i}.ts`, 'typescript', `export function f${i}() {}\n`],
        [`f${i}.py`, 'python', `def f${i}(): pass\n`],
        [`f${i}.go`, 'go', `package p\n\nfunc f${i}() {}\n`],
      ][i % 3] as [string, string, string];
      folder.write(name, text);
      jobs.push(job(name, language, (i * 7919) % 100));
    }
    const all = await results(jobs);
    for (const [i, r] of all.entries()) {
      assert.equal(r.kind, 'read');
      assert.deepEqual(
        decodeRecord((r as { bytes: Uint8Array }).bytes).symbols.map((s) => s.name),
        [`f${i}`],
      );
    }
  });

  it('reports a file that is not there and goes on', async () => {
    folder.write('a.ts', 'let a;\n');
    assert.deepEqual((await results([job('gone.ts', 'typescript'), job('a.ts', 'typescript')])).map(stateOf), ['unreadable', 'parsed']);
  });

  it('lets a file that hangs or kills its worker cost its own tree alone', async () => {
    folder.write(
      'worker.js',
      `const { parentPort } = require('node:worker_threads');
       parentPort.on('message', (jobs) => {
         for (const j of jobs) {
           if (j.broke && !j.absolute.includes('always')) continue;
           if (j.absolute.endsWith('hang.ts')) for (;;);
           if (j.absolute.endsWith('die.ts')) process.exit(7);
         }
       });
       require(${JSON.stringify(resolve('dist/worker.js'))});`,
    );
    const names = ['hang.ts', 'die.ts', 'always-die.ts', 'a.ts', 'b.ts'];
    for (const n of names) folder.write(n, 'let a;\n');
    // One file at a time reaches a worker, so that the one in front is the one at fault.
    const states: string[] = [];
    for (const n of names) {
      const [result] = await results([job(n, 'typescript')], { script: `${folder.path}/worker.js`, stuckMs: 6_000 });
      states.push(`${stateOf(result)}, ${result?.kind === 'read' ? decodeRecord(result.bytes).tokens : 'no'} tokens`);
    }
    assert.deepEqual(states, ['timeout, 3 tokens', 'failed, 3 tokens', 'failed, 0 tokens', 'parsed, 3 tokens', 'parsed, 3 tokens']);
  });

  it('survives random bytes, deep nesting and giant lines under every name', async () => {
    let seed = 7;
    const random = (): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed;
    };
    const bytes = Buffer.from(Array.from({ length: 20_000 }, () => 1 + ((random() >>> 24) % 255)));
    const languages = ['typescript', 'tsx', 'javascript', 'python', 'go', 'rust', 'java', 'c', 'cpp', 'csharp', 'ruby', 'php', 'bash'];
    const jobs: SizedJob[] = [];
    for (const l of languages) {
      folder.write(`${l}.random`, bytes);
      folder.write(`${l}.deep`, '('.repeat(20_000));
      folder.write(`${l}.deeper`, `${'{['.repeat(5_000)}\n${'if (a) '.repeat(2_000)}`);
      jobs.push(job(`${l}.random`, l), job(`${l}.deep`, l), job(`${l}.deeper`, l));
    }
    folder.write('line.ts', 'x'.repeat(3_000_000));
    jobs.push(job('line.ts', 'typescript'));
    const states = (await results(jobs)).map(stateOf);
    assert.equal(states.length, jobs.length);
    for (const [i, s] of states.entries()) assert.match(s, /^(parsed|none|huge|timeout)$/, `${jobs[i]?.absolute}: ${s}`);
  });

  it('stops when it is told to', async () => {
    folder.write('a.ts', 'let a;\n');
    const abort = new AbortController();
    const reading = readFiles(
      Array.from({ length: 50 }, () => job('a.ts', 'typescript')),
      options,
      () => abort.abort(),
      abort.signal,
    );
    await assert.rejects(reading, { name: 'AbortError' });
  });

  it('goes on with idle workers, and with new ones when those have died', async () => {
    const spares = new Spares();
    for (const name of ['a.ts', 'b.ts']) folder.write(name, 'export const x = 1;\n');
    const jobs = [job('a.ts', 'typescript', 3), job('b.ts', 'typescript', 4)];
    try {
      for (let round = 0; round < 3; round++) {
        const all = await results(jobs, { spares });
        assert.deepEqual(all.map(stateOf), ['parsed', 'parsed']);
        const idle = spares.take();
        assert.ok(idle);
        spares.put(idle.worker, idle.bytes);
        if (round === 1) await idle.worker.terminate();
      }
    } finally {
      spares.close();
    }
    assert.equal(spares.take(), undefined);
  });

  it('reads many files in the background with threads that make way and do not stay', async function () {
    if (process.platform !== 'linux' || getPriority() === constants.priority.PRIORITY_LOW) this.skip();
    folder.write('a.ts', 'let a;\n');
    const spares = new Spares();
    const usual = niceness();
    const lowered = async (count: number): Promise<boolean> => {
      let seen = false;
      const jobs = Array.from({ length: count }, () => job('a.ts', 'typescript'));
      await readFiles(jobs, { ...options, spares, background: true }, () => {
        seen ||= niceness().length > usual.length;
      });
      return seen;
    };
    try {
      assert.equal(await lowered(101), true);
      assert.equal(spares.take(), undefined);
      assert.equal(await lowered(100), false);
      assert.deepEqual(niceness(), usual);
    } finally {
      spares.close();
    }
  });
});

/** Each nice value that threads of this process have. */
function niceness(): number[] {
  return [...new Set(readdirSync('/proc/self/task').flatMap((thread) => nicenessOf(thread) ?? []))];
}

function nicenessOf(thread: string): number | undefined {
  try {
    return getPriority(Number(thread));
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}
