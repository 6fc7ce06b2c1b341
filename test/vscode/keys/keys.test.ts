import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { Keys, keyWords, readKey } from '../../../src/vscode/keys/keys.js';

class Secrets implements SecretStorage {
  readonly kept = new Map<string, string>();
  readonly onDidChange = () => ({ dispose: () => undefined });
  readonly keys = async () => [...this.kept.keys()];
  readonly get = async (name: string) => this.kept.get(name);
  readonly store = async (name: string, value: string) => void this.kept.set(name, value);
  readonly delete = async (name: string) => void this.kept.delete(name);
}

const ACME = { id: 'acme', name: 'Acme', protocol: 'openai-chat', baseUrl: 'https://acme.test/v1', keyVariable: 'ACME_KEY' } as const;
const HERE = { id: 'here', name: 'Here', protocol: 'openai-chat', baseUrl: 'http://127.0.0.1:1/v1' } as const;

describe('Keys', () => {
  it('are the stored one before the one of the environment, which is never changed', async () => {
    const env = { ACME_KEY: 'from-outside' };
    const keys = new Keys(new Secrets(), env);
    assert.deepEqual(await keys.find(ACME), { key: 'from-outside', source: 'environment' });
    await keys.store(ACME, 'stored-one');
    assert.deepEqual(await keys.find(ACME), { key: 'stored-one', source: 'stored' });
    await keys.remove(ACME);
    assert.deepEqual(await keys.find(ACME), { key: 'from-outside', source: 'environment' });
    assert.deepEqual(env, { ACME_KEY: 'from-outside' });
  });

  it('are not looked for where a server needs none', async () => {
    const secrets = new Secrets();
    const keys = new Keys(secrets, {});
    await keys.store(HERE, 'left-over');
    assert.equal(await keys.find(HERE), undefined);
    assert.equal(await keys.find(ACME), undefined);
  });

  it('are told by where they are from, not by what they are', () => {
    assert.equal(keyWords(ACME, { key: 'k', source: 'stored' }), 'key stored');
    assert.equal(keyWords(ACME, { key: 'k', source: 'environment' }), 'key from the environment variable ACME_KEY');
    assert.equal(keyWords(ACME, undefined), 'no key');
    assert.equal(keyWords(HERE, undefined), 'needs no key');
  });

  it('are one word that a header can carry', () => {
    assert.equal(readKey('  sk-abc_123=\n'), 'sk-abc_123=');
    for (const text of ['', '  ', 'two words', 'sk-é', 'a\nb']) assert.equal(readKey(text), undefined);
  });
});
