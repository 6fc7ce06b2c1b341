/** The packaged extension: how it is made, and what must and must not be in it. */
import { readFileSync, statSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { createVSIX } from '@vscode/vsce';
import { LANGUAGES } from '../../src/syntax/languages.js';

/** Bytes that the package may have. */
export const SIZE_BUDGET = 6_000_000;

/** What nobody who installs the extension needs: sources, maps, tests, dependencies as they came, settings of our tools, the command line. */
const FOREIGN = /\.(ts|map|tsbuildinfo|scm|test\.js)$|(^|\/)(src|test|node_modules|docs)\/|(^|\/)\.|^dist\/cli\.js$/;

const REQUIRED = [
  ...['package.json', 'package.nls.json', 'readme.md', 'changelog.md', 'LICENSE.txt', 'media/icon.png', 'media/longview.svg'],
  ...['extension', 'longview', 'sending', 'engine', 'worker', 'flow', 'tokenizer', 'providers', 'claude'].map(
    (bundle) => `dist/${bundle}.js`,
  ),
  ...['dist/prices.json', 'dist/versions.json', 'dist/ThirdPartyNotices.txt', 'dist/grammars/web-tree-sitter.wasm'],
  ...LANGUAGES.flatMap(({ grammar }) => (grammar ? [`dist/grammars/${grammar.wasm}`] : [])),
];

const MANIFEST_FIELDS = [
  'name',
  'displayName',
  'description',
  'version',
  'publisher',
  'license',
  'icon',
  'engines',
  'categories',
  'keywords',
];

export interface ZipEntry {
  readonly path: string;
  /** Bytes in the archive. */
  readonly packed: number;
  read(): Buffer;
}

/** Packs what is in dist/ and media/; runs the build first, as publishing would. */
export async function makeVsix(path: string): Promise<void> {
  await createVSIX({ packagePath: path, dependencies: false, allowMissingRepository: true });
}

/** What is wrong with a packaged extension, a sentence each; nothing when it can be published. */
export function problemsOfVsix(path: string): string[] {
  const entries = zipEntries(readFileSync(path));
  const files = entries.filter((e) => e.path.startsWith('extension/')).map((e) => ({ ...e, path: e.path.slice('extension/'.length) }));
  const manifest: Record<string, unknown> = JSON.parse(
    files
      .find((f) => f.path === 'package.json')
      ?.read()
      .toString() ?? '{}',
  );
  const { size } = statSync(path);
  return [
    ...(size > SIZE_BUDGET ? [`${size} bytes are more than ${SIZE_BUDGET}`] : []),
    ...files.filter((f) => FOREIGN.test(f.path)).map((f) => `${f.path} does not belong in it`),
    ...REQUIRED.filter((required) => !files.some((f) => f.path === required)).map((required) => `${required} is missing`),
    ...MANIFEST_FIELDS.filter((field) => !manifest[field]).map((field) => `package.json has no ${field}`),
    ...files
      .filter((f) => f.path.endsWith('.js') && /^\/\/# sourceMappingURL=/m.test(f.read().toString()))
      .map((f) => `${f.path} has a source map`),
  ];
}

/** Entries of a zip archive, by its central directory (PKWARE APPNOTE 6.3, 4.3.12 and 4.3.16); no ZIP64. */
export function zipEntries(zip: Buffer): ZipEntry[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  if (end < 0) throw new Error('not a zip archive');
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const deflated = zip.readUInt16LE(at + 10) === 8;
    const packed = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const content = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(content, content + packed);
    const path = zip.toString('utf8', at + 46, at + 46 + nameLength);
    entries.push({ path, packed, read: () => (deflated ? inflateRawSync(bytes) : bytes) });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
