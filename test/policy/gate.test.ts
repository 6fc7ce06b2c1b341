import assert from 'node:assert/strict';
import type { ModelRequest } from '../../src/models/request.js';
import { deniedClass } from '../../src/policy/file-classes.js';
import { clear, type EgressPolicy } from '../../src/policy/gate.js';
import { Redaction } from '../../src/policy/redaction.js';

const OPEN: EgressPolicy = { localOnly: false, allowed: new Set() };
const REMOTE = { provider: 'anthropic', local: false, origin: 'https://models.example' };
const LOCAL = { provider: 'ollama', local: true, origin: 'http://127.0.0.1:11434' };

function asking(...files: readonly (readonly [path: string, text: string])[]): ModelRequest {
  const parts = files.map(([, text]) => ({ text }));
  const paths = files.map(([path]) => path);
  return {
    provider: 'anthropic',
    model: 'm',
    system: [],
    messages: [{ role: 'user', parts }],
    files: paths,
    maxOutput: 100,
    cacheKey: 'k',
  };
}

const redaction = (): Redaction => new Redaction(new Uint8Array(32));

describe('policy/gate', () => {
  it('lets code through as it is', async () => {
    const request = asking(['src/a.ts', 'export const a = 1;\n']);
    const cleared = await clear(request, REMOTE, OPEN, redaction());
    assert.deepEqual(cleared, { kind: 'cleared', request, redacted: [] });
  });

  it('takes secrets out of files, tasks and instructions, and says how many', async () => {
    const token = `gh${'p_'}aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW0xYzaB3`;
    const request = {
      ...asking(['src/a.ts', `const a = '${token}'`], ['', `use ${token}`]),
      system: [{ text: `token ${token}` }],
    };
    const cleared = await clear(request, REMOTE, OPEN, redaction());
    assert.equal(cleared.kind, 'cleared');
    assert.equal(cleared.redacted.length, 1);
    assert.ok(!JSON.stringify(cleared.request).includes(token));
  });

  it('takes a secret out where nothing tells it for one too, once it is known', async () => {
    const [secret, same] = ['qW8rT2yU6iO4pA9s', redaction()];
    const told = asking(['a', `api_key = "${secret}"`], ['b', `fetch("https://x.example/" + "${secret}")`]);
    const first = await clear(told, REMOTE, OPEN, same);
    assert.equal(first.kind, 'cleared');
    assert.ok(!JSON.stringify(first.request).includes(secret));
    assert.equal(first.redacted.length, 1);
    const later = await clear(asking(['', `Find: ("${secret}")`]), REMOTE, OPEN, same);
    assert.equal(later.kind, 'cleared');
    assert.ok(!JSON.stringify(later.request).includes(secret));
    assert.deepEqual(later.redacted, first.redacted);
  });

  it('refuses files that are credentials, by name, unless they are allowed by name or stay on the machine', async () => {
    const request = asking(['src/a.ts', ''], ['deploy/.env', 'A=1']);
    const refused = await clear(request, REMOTE, OPEN, redaction());
    assert.equal(refused.kind, 'refused');
    assert.match(refused.reasons.join(), /^deploy\/\.env \(environment file\) does not leave this machine/);
    assert.equal((await clear(request, REMOTE, { localOnly: false, allowed: new Set(['deploy/.env']) }, redaction())).kind, 'cleared');
    assert.equal((await clear(request, LOCAL, OPEN, redaction())).kind, 'cleared');
  });

  it('lets nothing leave the machine in local-only mode', async () => {
    const policy = { ...OPEN, localOnly: true };
    assert.equal((await clear(asking(), REMOTE, policy, redaction())).kind, 'refused');
    assert.equal((await clear(asking(), LOCAL, policy, redaction())).kind, 'cleared');
  });

  it('knows credentials by their names and not what looks like them', () => {
    const denied = [
      '.env',
      'a/.env.production',
      'prod.env',
      'keys/server.pem',
      '.ssh/id_ed25519',
      '.npmrc',
      'a/.aws/credentials',
      'infra/main.tfstate',
      'x/secrets.yml',
      'Service-Account-prod.json',
      '.Docker/config.json',
      'a.HAR',
    ];
    const open = [
      '.env.example',
      'src/env.ts',
      'id_rsa.pub',
      'src/keys.ts',
      'docs/credentials.md',
      'src/secrets.ts',
      'main.tf',
      'config.json',
      'key',
      'environment.ts',
    ];
    assert.deepEqual(
      denied.filter((p) => !deniedClass(p)),
      [],
    );
    assert.deepEqual(
      open.filter((p) => deniedClass(p)),
      [],
    );
  });
});
