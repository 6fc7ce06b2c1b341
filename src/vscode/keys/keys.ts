/**
 * Keys of providers. The editor keeps them where it keeps secrets; an environment variable is
 * read where it has none. They never stand in settings, logs, messages or state.
 */
import type * as vscode from 'vscode';
import type { Endpoint } from '../../models/providers/presets.js';

/** Where a key is from: the editor's secret storage, or the environment, which is read and never changed. */
export type KeySource = 'stored' | 'environment';

export interface FoundKey {
  readonly key: string;
  readonly source: KeySource;
}

export class Keys {
  /** A stored one is another, here or in another window. */
  get onDidChange(): vscode.Event<unknown> {
    return this.secrets.onDidChange;
  }

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {}

  /** Undefined where there is none, or none is needed. */
  async find(endpoint: Endpoint): Promise<FoundKey | undefined> {
    const { keyVariable } = endpoint;
    if (keyVariable === undefined) return undefined;
    const stored = await this.secrets.get(nameOf(endpoint));
    if (stored !== undefined) return { key: stored, source: 'stored' };
    const key = this.env[keyVariable];
    return key ? { key, source: 'environment' } : undefined;
  }

  async store(endpoint: Endpoint, key: string): Promise<void> {
    await this.secrets.store(nameOf(endpoint), key);
  }

  async remove(endpoint: Endpoint): Promise<void> {
    await this.secrets.delete(nameOf(endpoint));
  }
}

const nameOf = ({ id }: Endpoint): string => `longview.key.${id}`;

/** "sk-… " as it was pasted, without what surrounds it; undefined for what cannot be a key. */
export function readKey(text: string): string | undefined {
  const key = text.trim();
  // It goes into a header.
  return key !== '' && /^[\x21-\x7e]+$/.test(key) ? key : undefined;
}

/** "key stored", "key from ANTHROPIC_API_KEY", "no key". */
export function keyWords({ keyVariable }: Endpoint, found: FoundKey | undefined): string {
  if (keyVariable === undefined) return 'needs no key';
  if (!found) return 'no key';
  return found.source === 'stored' ? 'key stored' : `key from the environment variable ${keyVariable}`;
}
