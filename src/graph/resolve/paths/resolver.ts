/** Languages whose imports are plain paths: HTML and CSS assets, shell scripts that source others. */
import { folderOf, joinPath, nameOf } from '../../../base/paths.js';
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, ResolveInput, Resolver } from '../../links.js';
import { NO_LINKS } from '../../links.js';

export const pathResolver: Resolver = {
  languages: ['html', 'css', 'bash'],
  manifests: [],
  prepare(input: ResolveInput): PreparedResolver {
    return {
      resolve(path) {
        const record = input.record(path);
        return record ? { imports: record.imports.map((i, index) => linkPath(i, index, path, input)), uses: [] } : NO_LINKS;
      },
    };
  },
};

function linkPath({ specifier, mark }: ImportRecord, index: number, from: WorkspacePath, input: ResolveInput): ImportLink {
  const plain = specifier.replace(/[?#].*$/, '');
  const link = (file: WorkspacePath | undefined, confidence: ImportLink['confidence'], external: boolean): ImportLink => ({
    import: index,
    targets: file === undefined ? [] : [file],
    confidence,
    external,
    typeOnly: false,
  });
  const tries = [
    joinPath(folderOf(from), plain.replace(/^\//, './')),
    plain.startsWith('/') || mark === 'computed' ? joinPath('', plain) : undefined,
  ];
  const file = tries.find((p) => p !== undefined && p !== from && input.has(p));
  if (file !== undefined) return link(file, mark === 'computed' ? 'named' : 'resolved', false);
  if (mark !== 'computed') return link(undefined, 'unresolved', plain.startsWith('/'));
  // "$dir/lib.sh": the folder is not known, so only a file that alone bears the name can be meant.
  const named = input.entries.filter((e) => e.path !== from && nameOf(e.path) === nameOf(plain) && `/${e.path}`.endsWith(`/${plain}`));
  return named.length === 1 ? link(named[0]!.path, 'named', false) : link(undefined, 'unresolved', false);
}
