/** Swift: no file imports another; inside a module every file sees every declaration, and `import` opens other modules. */
import type { PreparedResolver, ResolveInput, Resolver } from '../../links.js';
import { NO_LINKS } from '../../links.js';
import { joinSwift } from './references.js';
import { moduleOf, SwiftTypes } from './types.js';

export const swiftResolver: Resolver = {
  languages: ['swift'],
  manifests: ['Package.swift'],
  prepare(input: ResolveInput): PreparedResolver {
    const types = new SwiftTypes(input);
    return {
      resolve(path) {
        const table = types.table(path);
        if (!table) return NO_LINKS;
        const imports = table.record.imports.map((record, i) => {
          const own = types.isOwnModule(moduleOf(record));
          // A module is many files: what is used of it shows as uses.
          return {
            import: i,
            targets: [],
            confidence: own ? ('resolved' as const) : ('unresolved' as const),
            external: !own,
            typeOnly: false,
          };
        });
        return { imports, uses: joinSwift(path, table, types) };
      },
    };
  },
};
