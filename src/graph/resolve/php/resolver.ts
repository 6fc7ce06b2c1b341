/** PHP: full names by the rules of namespaces, definitions where composer, include and the file itself put them. */
import type { ImportRecord, ReferenceRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, ResolveInput, Resolver, UseLink } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import type { NameKind, Source } from './declarations.js';
import { type Found, Lookup } from './lookup.js';
import { Members } from './members.js';

export const phpResolver: Resolver = {
  languages: ['php'],
  manifests: ['composer.json'],
  prepare(input: ResolveInput): PreparedResolver {
    const lookup = new Lookup(input);
    const members = new Members(lookup);
    return {
      resolve(path) {
        const source = lookup.declarations.source(path);
        if (!source) return NO_LINKS;
        const { imports, references } = source.table.record;
        return {
          imports: imports.map((record, index) => linkImport(record, index, path, lookup)),
          uses: references.flatMap((r, reference): UseLink[] => {
            const found = r.qualifier === '' ? definitionOf(r, path, source, lookup) : members.find(r, path, source);
            if (!found || found.file === path) return [];
            const { file, symbol, confidence } = found;
            return [{ reference, target: file, symbol, confidence, indirect: r.qualifier !== '' }];
          }),
        };
      },
    };
  },
};

function linkImport(record: ImportRecord, index: number, path: WorkspacePath, lookup: Lookup): ImportLink {
  const { specifier, kind, mark } = record;
  if (kind === 'require') {
    const included = lookup.includes.target(record, path);
    return link(index, included?.file, included?.confidence ?? 'unresolved', false);
  }
  const found = lookup.find(kindOfUse(mark), specifier, path);
  if (found) return link(index, found.file, found.confidence, false);
  // To shorten what stands below it, a use may name a namespace, which no file is.
  if (mark === undefined && lookup.declarations.isNamespace(specifier)) return link(index, undefined, 'resolved', false);
  return link(index, undefined, 'unresolved', mark !== undefined || !lookup.isCovered(specifier, path));
}

function link(index: number, file: WorkspacePath | undefined, confidence: ImportLink['confidence'], external: boolean): ImportLink {
  return { import: index, targets: file === undefined ? [] : [file], confidence, external, typeOnly: false };
}

const kindOfUse = (mark: string | undefined): NameKind => (mark === 'function' ? 'function' : mark === 'const' ? 'constant' : 'class');

function definitionOf({ name, kind, line }: ReferenceRecord, path: WorkspacePath, { names }: Source, lookup: Lookup): Found | undefined {
  if (kind === 'call') return lookup.first('function', names.function(name, line), path);
  if (kind === 'value') return lookup.first('constant', names.constant(name, line), path);
  const full = names.class(name, line);
  return full === undefined ? undefined : lookup.find('class', full, path);
}
