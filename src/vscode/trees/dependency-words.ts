/** What the rows of Dependencies say, and the icons they say it with. */
import { counted, formatCount } from '../../base/count.js';
import { folderOf, nameOf } from '../../base/paths.js';
import type { FileSymbol } from '../../engine/protocol.js';
import type { Edge, EdgeKind } from '../../graph/graph.js';
import type { SymbolKind } from '../../syntax/record.js';
import type { DependencyRow, DependencyRows, Section } from './dependency-rows.js';
import { dotted } from './words.js';

export interface RowText {
  readonly label: string;
  readonly description?: string;
  /** Id of a product icon. */
  readonly icon?: string;
  /** Plain text. */
  readonly tooltip?: string;
  /** For those who do not see icons and dots. */
  readonly spoken?: string;
}

const SECTIONS: Readonly<Record<Section, { readonly label: string; readonly icon: string }>> = {
  facts: { label: 'Facts', icon: 'info' },
  dependencies: { label: 'Imports and Uses', icon: 'arrow-right' },
  dependents: { label: 'Imported and Used By', icon: 'arrow-left' },
  unresolved: { label: 'Unresolved Imports', icon: 'warning' },
  symbols: { label: 'Symbols', icon: 'symbol-namespace' },
  cycles: { label: 'Cycles of the Workspace', icon: 'sync' },
};

const KIND_WORDS: Readonly<Record<EdgeKind, string>> = {
  import: 'imports it',
  use: 'uses it without an import, as the language allows',
  reference: 'reaches it through a third file or the type of a value',
};

const CONFIDENCE: Readonly<Record<Edge['confidence'], { readonly word: string; readonly icon: string; readonly means: string }>> = {
  resolved: { word: 'resolved', icon: 'pass', means: 'found by the rules of the language' },
  named: { word: 'by name', icon: 'question', means: 'the only definition of that name in sight' },
};

/** Product icons of kinds whose names differ from the editor's. */
const SYMBOL_ICONS: ReadonlyMap<SymbolKind, string> = new Map<SymbolKind, string>([
  ['trait', 'interface'],
  ['impl', 'class'],
  ['record', 'structure'],
  ['struct', 'structure'],
  ['type', 'interface'],
  ['enumMember', 'enum-member'],
  ['macro', 'operator'],
  ['section', 'string'],
  ['rule', 'ruler'],
]);

/** Not of pages: those have no words of their own. */
export function describeRow(row: Exclude<DependencyRow, { kind: 'page' }>, rows: DependencyRows): RowText {
  switch (row.kind) {
    case 'section': {
      const { label, icon } = SECTIONS[row.section];
      return row.rows === undefined ? { label, icon } : { label, icon, description: formatCount(row.rows) };
    }
    case 'fact':
      return { label: row.name, description: row.value };
    case 'neighbour':
      return edgeText(nameOf(row.path), row.neighbour, row.path, row.at, row.direction === 'out' ? row.path : (rows.file?.path ?? ''));
    case 'edge':
      return edgeText(`${nameOf(row.at)} → ${nameOf(row.path)}`, row.edge, row.at, row.at, row.path);
    case 'unresolved':
      return {
        label: row.specifier,
        description: `unresolved · line ${formatCount(row.line + 1)}`,
        icon: 'warning',
        tooltip: `Line ${formatCount(row.line + 1)} imports “${row.specifier}”, which leads to no file of the workspace.`,
      };
    case 'symbol':
      return symbolText(rows.file?.symbols[row.index]);
    case 'cycle':
      return {
        label: row.cycle.shortest.map((e) => nameOf(e.from)).join(' → '),
        description: dotted(counted(row.cycle.files.length, 'file'), counted(row.cycle.edgeCount, 'edge')),
        icon: 'sync',
        tooltip: `${counted(row.cycle.files.length, 'file')} depend on each other in a circle. The shortest way round has ${counted(row.cycle.shortest.length, 'edge')}:\n${row.cycle.shortest.map((e) => `${e.from} → ${e.to}`).join('\n')}`,
        spoken: `cycle of ${counted(row.cycle.files.length, 'file')}, shortest way round ${counted(row.cycle.shortest.length, 'edge')}: ${row.cycle.shortest.map((e) => nameOf(e.from)).join(', ')}`,
      };
    case 'members':
      return { label: `All ${counted(row.cycle.files.length, 'File')}`, icon: 'files' };
    case 'member':
      return { label: nameOf(row.path), description: folderOf(row.path) };
  }
}

/** @param shown file whose folder is told. @param at where the line is. */
function edgeText(label: string, edge: Omit<Edge, 'from' | 'to'>, shown: string, at: string, to: string): RowText {
  const { word, icon, means } = CONFIDENCE[edge.confidence];
  const line = `line ${formatCount(edge.line + 1)}`;
  const times = edge.weight > 1 && `${formatCount(edge.weight)} times`;
  const description = dotted(edge.kind, word, edge.typeOnly && 'types only', line, folderOf(shown));
  return {
    label,
    description,
    icon,
    tooltip: [
      `${at} ${KIND_WORDS[edge.kind].replace('it', to)}.`,
      `${word[0]!.toUpperCase()}${word.slice(1)}: ${means}.`,
      edge.typeOnly ? 'For types only: it is gone at run time.' : '',
      `First on ${line}${times ? `, ${times} in all` : ''}.`,
    ]
      .filter((s) => s !== '')
      .join('\n'),
    spoken: [label, edge.kind, word, edge.typeOnly && 'types only', line, folderOf(shown) && `in ${folderOf(shown)}`]
      .filter(Boolean)
      .join(', '),
  };
}

function symbolText(symbol: FileSymbol | undefined): RowText {
  if (!symbol) return { label: '' };
  const { name, kind, tokens, start } = symbol;
  return {
    label: name,
    description: dotted(kind, counted(tokens, 'token'), `line ${formatCount(start + 1)}`),
    icon: `symbol-${SYMBOL_ICONS.get(kind) ?? kind}`,
  };
}
