/** Java: packages, imports and members by the language's rules. */
import type { ImportRecord } from '../../../syntax/record.js';
import type { ImportLink, PreparedResolver, ResolveInput, Resolver } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { joinJava } from './references.js';
import { JavaTypes } from './types.js';

export const javaResolver: Resolver = {
  languages: ['java'],
  manifests: [],
  prepare(input: ResolveInput): PreparedResolver {
    const types = new JavaTypes(input);
    return {
      resolve(path) {
        const table = types.table(path);
        if (!table) return NO_LINKS;
        return { imports: table.record.imports.map((record, i) => linkImport(record, i, types)), uses: joinJava(path, table, types) };
      },
    };
  },
};

/** An import leads to the file of the type it names; a star import to none of its own: what it brings shows as uses. */
function linkImport({ specifier, names, mark }: ImportRecord, index: number, types: JavaTypes): ImportLink {
  const star = names[0]?.name === '*';
  const target = star && mark !== 'static' ? types.named(specifier) : types.outermost(specifier);
  const known = target !== undefined || (star && types.isOwn(specifier));
  return {
    import: index,
    targets: target ? [target.file] : [],
    confidence: known ? 'resolved' : 'unresolved',
    external: !known && !types.isOwn(specifier),
    typeOnly: false,
  };
}
