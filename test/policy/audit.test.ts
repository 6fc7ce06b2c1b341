import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { AuditLog, type Departure } from '../../src/policy/audit.js';
import { checkAudit } from '../../src/policy/audit-check.js';

const left = (request: string, more: Partial<Departure> = {}): Departure => ({
  request,
  provider: 'anthropic',
  model: 'claude-opus-5-5',
  origin: 'https://api.anthropic.com',
  local: false,
  workspace: 'w',
  files: ['src/a.ts', 'src/b.ts'],
  redacted: { 'github-token': 2 },
  bytes: 1_234,
  ...more,
});

describe('policy/audit', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'longview-audit-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const at = (time: string) => ({ clock: () => new Date(time) });
  const requests = async (): Promise<string[]> => (await checkAudit(folder)).rows.map((r) => r.request);
  const kinds = async (): Promise<string[]> => (await checkAudit(folder)).problems.map(({ line, kind }) => `${line} ${kind}`);

  it('has nothing before the first request, and makes no folder', async () => {
    new AuditLog(join(folder, 'none'));
    assert.deepEqual(await checkAudit(join(folder, 'none')), { rows: [], problems: [], head: undefined });
    assert.deepEqual(readdirSync(folder), []);
  });

  it('keeps every request in order, each with the hash of all before it', async () => {
    const log = new AuditLog(folder, at('2026-11-21T12:00:00Z'));
    await Promise.all(['one', 'two', 'three'].map((r) => log.record(left(r))));
    await new AuditLog(folder, at('2026-11-22T12:00:00Z')).record(left('four'));
    const { rows, problems, head } = await checkAudit(folder);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rows.map((r) => [r.request, r.at]),
      [
        ['one', '2026-11-21T12:00:00.000Z'],
        ['two', '2026-11-21T12:00:00.000Z'],
        ['three', '2026-11-21T12:00:00.000Z'],
        ['four', '2026-11-22T12:00:00.000Z'],
      ],
    );
    assert.equal(head?.offset, readFileSync(join(folder, '2026-11.jsonl')).length);
  });

  it('goes on in a new file each month, bound to the one before, and never back', async () => {
    await new AuditLog(folder, at('2026-11-30T23:59:59Z')).record(left('november'));
    await new AuditLog(folder, at('2026-12-01T00:00:00Z')).record(left('december'));
    await new AuditLog(folder, at('2026-11-30T23:59:59Z')).record(left('a clock that is behind'));
    assert.deepEqual(readdirSync(folder), ['2026-11.jsonl', '2026-12.jsonl']);
    assert.deepEqual(await requests(), ['november', 'december', 'a clock that is behind']);
    assert.deepEqual(await kinds(), []);
    rmSync(join(folder, '2026-11.jsonl'));
    assert.deepEqual(await kinds(), ['2 missing']);
  });

  it('can name files by hashes that only this machine can make', async () => {
    const hashed = async (key: number): Promise<readonly string[]> => {
      await new AuditLog(folder, { pathKey: new Uint8Array(32).fill(key) }).record(left('a'));
      return (await checkAudit(folder)).rows.at(-1)!.files;
    };
    const [one, again, other] = [await hashed(1), await hashed(1), await hashed(2)];
    assert.match(one.join(), /^[0-9a-f]{16},[0-9a-f]{16}$/);
    assert.deepEqual(one, again);
    assert.notDeepEqual(one, other);
    assert.ok(!readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8').includes('src/'));
  });

  it('shows any byte that was changed, taken out or put in before the last row', async () => {
    const log = new AuditLog(folder, at('2026-11-21T12:00:00Z'));
    for (const r of ['one', 'two', 'three', 'four']) await log.record(left(r));
    const file = join(folder, '2026-11.jsonl');
    const whole = readFileSync(file);
    const last = whole.lastIndexOf(0x0a);
    for (let i = 0; i < last; i += 7) {
      const turned = Buffer.from(whole);
      turned[i]! ^= 1;
      for (const bytes of [
        turned,
        Buffer.concat([whole.subarray(0, i), whole.subarray(i + 1)]),
        Buffer.concat([whole.subarray(0, i), Buffer.from(' '), whole.subarray(i)]),
      ]) {
        writeFileSync(file, bytes);
        assert.ok(
          (await checkAudit(folder)).problems.some((p) => p.kind !== 'torn'),
          `byte ${i}`,
        );
      }
    }
    // A whole row taken out, and two that changed places.
    const lines = whole.toString().split('\n');
    for (const forged of [
      [0, 1, 3, 4],
      [0, 2, 1, 3, 4],
      [0, 3, 4],
    ]) {
      writeFileSync(file, forged.map((i) => lines[i]).join('\n'));
      assert.deepEqual(await kinds(), [`${forged.indexOf(forged.includes(2) ? 2 : 3) + 1} changed`]);
    }
  });

  it('goes on after a row that a crash left torn, and tells of it', async () => {
    const log = new AuditLog(folder, at('2026-11-21T12:00:00Z'));
    for (const r of ['one', 'two']) await log.record(left(r));
    const file = join(folder, '2026-11.jsonl');
    truncateSync(file, readFileSync(file).length - 40);
    await log.record(left('three'));
    assert.deepEqual(await requests(), ['one', 'three']);
    assert.deepEqual(await kinds(), ['3 torn']);
  });

  it('loses no row that was acknowledged when several processes write and are killed', async () => {
    const program = join(folder, 'writer.cjs');
    await build({
      stdin: {
        contents: `import { AuditLog } from './src/policy/audit.js';
          const log = new AuditLog(process.argv[2]!);
          const [, , , name] = process.argv;
          (async () => { for (let i = 0; i < 40; i++) {
            await log.record({ request: name + i, provider: 'p', model: 'm', origin: 'o', local: false, workspace: 'w', files: ['f'], redacted: {}, bytes: i });
            process.stdout.write(name + i + '\\n');
          } })();`,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      outfile: program,
    });
    const log = join(folder, 'log');
    const acknowledged: string[] = [];
    const run = async (name: string, killAfter: number): Promise<void> => {
      const child = spawn(process.execPath, [program, log, name], { stdio: ['ignore', 'pipe', 'inherit'] });
      const gone = new Promise((done) => child.once('exit', done));
      let lines = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(line);
        if (++lines === killAfter) child.kill('SIGKILL');
      }
      await gone;
    };
    await Promise.all([run('a', 100), run('b', 100), run('c', 5), run('d', 17)]);
    const { rows, problems } = await checkAudit(log);
    const found = new Set(rows.map((r) => r.request));
    assert.deepEqual(
      acknowledged.filter((r) => !found.has(r)),
      [],
    );
    assert.ok(acknowledged.length >= 80 + 5 + 17);
    assert.equal(found.size, rows.length);
    assert.deepEqual(
      problems.filter((p) => p.kind !== 'torn'),
      [],
    );
  });
});
