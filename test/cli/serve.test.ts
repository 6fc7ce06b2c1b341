import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Workspace } from './longview.js';

const files = {
  'src/upload.ts': 'export function upload() {\n  return 1;\n}\n',
  'src/retry.ts': "import { upload } from './upload';\nexport const retry = () => upload();\n",
};

describe('longview pack --serve', () => {
  it('answers each request as a pack of its own would, from the files as they are by then', async () => {
    const packs = mkdtempSync(join(tmpdir(), 'longview-packs-'));
    const [first, other] = [new Workspace(files), new Workspace({ 'a.py': 'def other(): pass\n' })];
    const server = spawn(process.execPath, [resolve('dist/cli.js'), 'pack', '--serve', '--no-store'], { cwd: first.dir });
    try {
      const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
      const ask = async (request: object): Promise<unknown> => {
        server.stdin.write(`${JSON.stringify(request)}\n`);
        return JSON.parse((await lines.next()).value as string);
      };
      const check = async (workspace: Workspace, query: string): Promise<string> => {
        const out = join(packs, 'pack.json');
        const answer = await ask({ repo: workspace.dir, query, budget: 8_000, out });
        const alone = workspace.longview('pack', '--query', query, '--budget', '8k', '--format', 'json', '--no-store', '-q');
        assert.deepEqual(JSON.parse(readFileSync(out, 'utf8')), JSON.parse(alone.out));
        assert.deepEqual(answer, { ok: true, tokens: (JSON.parse(alone.out) as { tokens: number }).tokens });
        return readFileSync(out, 'utf8');
      };
      await check(first, 'retry the upload');
      first.write('src/upload.ts', 'export function upload() {\n  return renamed();\n}\n');
      assert.match(await check(first, 'retry the upload'), /renamed/);
      await check(other, 'other');
      assert.deepEqual(await ask({ repo: first.dir, query: '', budget: 8_000, focus: 'none.ts', out: 'x' }), {
        ok: false,
        error: '"none.ts" is not a file of this workspace. Ignored files are not part of it; longview index says what was read.',
      });
      await check(first, 'upload');
      server.stdin.end();
      assert.deepEqual(await once(server, 'exit'), [0, null]);
    } finally {
      server.kill();
      rmSync(packs, { recursive: true });
      first.dispose();
      other.dispose();
    }
  });
});
