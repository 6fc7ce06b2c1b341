/** JavaScript and TypeScript: modules as the TypeScript compiler and Node.js find them. */
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { FileLinks, ImportLink, PreparedResolver, ResolveInput, Resolver } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { Exports } from './exports.js';
import { Modules } from './modules.js';
import { Packages } from './packages.js';
import { joinReferences } from './references.js';
import { TsConfigs } from './tsconfig.js';

export const javascriptResolver: Resolver = {
  languages: ['javascript', 'typescript', 'tsx'],
  manifests: ['package.json', 'tsconfig.json', 'jsconfig.json', '.json'],
  prepare(input: ResolveInput): PreparedResolver {
    const packages = new Packages(input);
    const configs = new TsConfigs(input, (name) => packages.named(name)?.folder);
    const modules = new Modules(input, packages, configs);
    const exports = new Exports(input, modules);
    return { resolve: (path) => resolveFile(path, modules, exports) };
  },
};

function resolveFile(path: WorkspacePath, modules: Modules, exports: Exports): FileLinks {
  const table = exports.table(path);
  if (!table) return NO_LINKS;
  const imports = table.record.imports.map((record, i) => linkImport(record, i, path, modules));
  return { imports, uses: joinReferences(path, table, exports) };
}

function linkImport({ specifier, kind }: ImportRecord, index: number, path: WorkspacePath, modules: Modules): ImportLink {
  const { file, confidence, external } = modules.resolve(specifier, path);
  return { import: index, targets: file === undefined ? [] : [file], confidence, external, typeOnly: kind === 'type' };
}
