import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { answered, failed, type Place, verdictOf } from '../../../src/models/health/health.js';
import { HealthFile, parseHealth } from '../../../src/models/health/health-file.js';

const PLACE: Place = { endpoint: 'api.example.com/v1', model: 'm', key: '0123456789abcdef' };
const NOW = Date.parse('2026-11-21T12:00:00Z');

describe('models/health/health-file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'longview-health-'));
    path = join(folder, 'data', 'health.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('shares what one process found with the others', async () => {
    const [one, two] = [new HealthFile(path), new HealthFile(path)];
    await one.update((h) => failed(h, PLACE, { kind: 'key', status: 401 }, NOW));
    await two.update((h) => answered(h, { ...PLACE, endpoint: 'other' }, { at: NOW, firstToken: 300, speed: 80 }));
    assert.equal(verdictOf(await two.read(), PLACE, NOW).kind, 'open');
    assert.deepEqual(await one.read(), await two.read());
    assert.deepEqual(readdirSync(join(folder, 'data')), ['health.json'], 'nothing is left beside it');
  });

  it('loses nothing of what one process does at once', async () => {
    const file = new HealthFile(path);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => file.update((h) => failed(h, { ...PLACE, model: `m${i}` }, { kind: 'overloaded' }, NOW))),
    );
    assert.equal((await file.read()).size, 20);
  });

  it('loses nothing of what several processes do at once, and leaves no lock behind', async () => {
    const writer = join(folder, 'writer.cjs');
    const options = { bundle: true, platform: 'node', format: 'cjs', outfile: writer, logLevel: 'error' } as const;
    await build({ entryPoints: ['test/models/health/writer.ts'], ...options });
    const codes = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (model) => {
        const child = spawn(process.execPath, [writer, path, model, '25'], { stdio: 'inherit' });
        return (await once(child, 'close'))[0] as number;
      }),
    );
    assert.deepEqual(codes, [0, 0, 0, 0]);
    const failures = [...(await new HealthFile(path).read()).values()].map((s) => s.failures);
    assert.deepEqual(failures, [25, 25, 25, 25]);
    assert.deepEqual(readdirSync(join(folder, 'data')), ['health.json']);
  });

  it('goes on after a process that died in the middle of it', async () => {
    const file = new HealthFile(path);
    await file.update((h) => failed(h, PLACE, { kind: 'rate' }, NOW));
    writeFileSync(`${path}.lock`, '');
    utimesSync(`${path}.lock`, new Date(0), new Date(0));
    await file.update((h) => failed(h, { ...PLACE, model: 'other' }, { kind: 'rate' }, NOW));
    assert.equal((await file.read()).size, 2);
    assert.deepEqual(readdirSync(join(folder, 'data')), ['health.json']);
  });

  it('takes a damaged file for an empty one, and writes it anew', async () => {
    const file = new HealthFile(path);
    await file.update((h) => failed(h, PLACE, { kind: 'key', status: 401 }, NOW));
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -9));
    assert.equal((await file.read()).size, 0);
    await file.update((h) => failed(h, PLACE, { kind: 'rate' }, NOW));
    assert.equal((await file.read()).size, 1);
  });

  it('does without a folder that cannot be written to', async () => {
    writeFileSync(join(folder, 'data'), 'a file');
    const file = new HealthFile(path);
    await file.update((h) => failed(h, PLACE, { kind: 'rate' }, NOW));
    assert.equal((await file.read()).size, 0);
  });

  it('reads whatever is in the file without failing, and believes nothing that would be open for ever', () => {
    const opened = fc.record({
      cause: fc.constantFrom('key', 'rate', 'martian'),
      until: fc.oneof(fc.constant(undefined), fc.double(), fc.string()),
    });
    const standing = fc.oneof(
      fc.jsonValue(),
      fc.record({ failures: fc.oneof(fc.nat(), fc.string()), open: opened, measured: fc.array(fc.jsonValue()) }),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.dictionary(fc.string(), standing).map((places) => JSON.stringify({ version: 1, places })),
        ),
        (text) => {
          for (const { open, failures } of parseHealth(text).values()) {
            assert.ok(Number.isFinite(failures));
            assert.ok(!open || Number.isFinite(open.until) || open.cause === 'key');
          }
        },
      ),
    );
  });
});
