/**
 * C#: types by namespace and project, members by the types of values. A using directive
 * opens a namespace, which is no file: what it brings shows as uses.
 */
import type { ImportRecord } from '../../../syntax/record.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ImportLink, PreparedResolver, PrepareInput, Resolver } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { Extensions } from './extensions.js';
import { MemberLookup } from './members.js';
import { joinReferences } from './references.js';
import { Types } from './types.js';
import { Values } from './values.js';

export const csharpResolver: Resolver = {
  languages: ['csharp'],
  manifests: ['.csproj', '.props', '.targets', '.projitems'],
  keyed: true,
  prepare(input: PrepareInput): PreparedResolver {
    const types = new Types(input);
    const extensions = new Extensions(types);
    const lookup = new MemberLookup(types);
    const values = new Values(lookup, extensions);
    return {
      resolve(path) {
        const table = types.table(path);
        if (!table) return NO_LINKS;
        values.forget();
        return {
          imports: table.record.imports.map((record, i) => linkUsing(record, i, path, types)),
          uses: joinReferences(path, lookup, values, extensions),
        };
      },
    };
  },
};

/** `using static` and aliases of a type lead to its parts, any other directive to no file. */
function linkUsing(record: ImportRecord, index: number, file: WorkspacePath, types: Types): ImportLink {
  const meaning = types.named(record, file);
  const known = meaning?.kind === 'type' || meaning?.kind === 'namespace';
  return {
    import: index,
    targets: meaning?.kind === 'type' ? [...new Set(meaning.type.parts.map((p) => p.file))].filter((f) => f !== file).sort() : [],
    confidence: known ? 'resolved' : 'unresolved',
    external: !known,
    typeOnly: false,
  };
}
