/** The flow of lines of a file, from its text: it is parsed afresh, and nothing of its tree outlives the answer. */
import type { Node, Tree } from 'web-tree-sitter';
import type { Grammars } from '../grammars.js';
import { languageById } from '../languages.js';
import { PARSE_LIMITS } from '../parse.js';
import type { Flow, FlowResult, Lines } from './flow.js';
import { interfaceOf } from './interface.js';
import { flowSpecOf } from './languages.js';
import { linesFrom, type Region, regionFrom, regionOf, statementsIn } from './region.js';
import { repeatsOf } from './repeats.js';
import type { FlowSpec } from './spec.js';
import { walk } from './walk.js';

export interface FlowQuestion {
  readonly language: string | undefined;
  /** Line breaks as "\n". */
  readonly text: string;
  readonly lines: Lines;
}

/** Parts of a function that are told, and the fewest lines of one. */
const MOST_PARTS = 12;
const FEWEST_LINES = 4;

export async function findFlow({ language, text, lines }: FlowQuestion, grammars: Grammars): Promise<FlowResult> {
  const spec = language === undefined ? undefined : flowSpecOf(language);
  const parsed = language === undefined ? undefined : languageById(language);
  if (!spec || !parsed) return unknown(`it is not computed for ${parsed?.name ?? 'files of this kind'}`);
  if (text.length > PARSE_LIMITS.hugeBytes) return unknown('the file is too large');
  const { parser } = await grammars.load(parsed);
  const tree: Tree | null = parser.parse(parsed.hooks?.prepare?.(text) ?? text);
  if (!tree) return unknown('the file does not parse');
  try {
    return flowIn(tree.rootNode, text.split('\n'), lines, spec);
  } finally {
    tree.delete();
  }
}

const unknown = (reason: string): FlowResult => ({ kind: 'unknown', reason });

function flowIn(root: Node, source: readonly string[], lines: Lines, spec: FlowSpec): FlowResult {
  const found = regionOf(root, source, lines, spec);
  if (found.kind === 'nothing') return unknown(found.reason);
  if (found.kind === 'cut') return found;
  const at = found.kind === 'region' ? found.region.around : found.node;
  const walked = walk(outermostFunction(at, spec) ?? root, spec);
  if (walked.opaque !== undefined) return unknown(walked.opaque);
  if (found.kind === 'region') return interfaceOf(walked, found.region, spec, repeatsOf(source, found.region.lines));
  const parts = partsOf(found.node, spec).map((region): Flow => interfaceOf(walked, region, spec, []));
  return { kind: 'parts', lines: linesFrom(found.node, found.node), parts: parts.sort((a, b) => a.lines.start - b.lines.start) };
}

function outermostFunction(node: Node, spec: FlowSpec): Node | undefined {
  let found: Node | undefined;
  for (let at: Node | null = node; at; at = at.parent) if (spec.functions.has(at.type)) found = at;
  return found;
}

/** Statements, and statements without a blank line between them, that are long enough for a name; the longest first. */
function partsOf(node: Node, spec: FlowSpec): Region[] {
  const regions: Region[] = [];
  const whole = linesFrom(node, node);
  const open = [...node.namedChildren];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (!at || spec.functions.has(at.type)) continue;
    open.push(...at.namedChildren);
    if (!spec.lists.has(at.type)) continue;
    const paragraphs = paragraphsOf(statementsIn(at));
    const all = [...paragraphs, ...paragraphs.filter((p) => p.length > 1).flatMap((p) => p.map((statement) => [statement]))];
    for (const held of all) {
      const region = regionFrom(held[0]!, held.at(-1)!, 'statements');
      // All but a line or two of the function is no part of it.
      const isOneLongLine = held.length === 1 && held[0]!.descendantsOfType([...spec.lists]).length === 0;
      if (!isOneLongLine && lengthOf(region.lines) >= FEWEST_LINES && lengthOf(region.lines) < lengthOf(whole) * 0.8) regions.push(region);
    }
  }
  return regions.sort((a, b) => lengthOf(b.lines) - lengthOf(a.lines) || a.from - b.from).slice(0, MOST_PARTS);
}

const lengthOf = ({ start, end }: Lines): number => end - start + 1;

function paragraphsOf(statements: readonly Node[]): Node[][] {
  const paragraphs: Node[][] = [];
  let below = -1;
  for (const statement of statements) {
    const { start, end } = linesFrom(statement, statement);
    if (start <= below + 1) paragraphs.at(-1)!.push(statement);
    else paragraphs.push([statement]);
    below = end;
  }
  return paragraphs;
}
