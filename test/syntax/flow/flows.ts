/** The flow of lines that are marked in a source text. */
import { resolve } from 'node:path';
import { findFlow } from '../../../src/syntax/flow/find-flow.js';
import type { Flow, FlowResult } from '../../../src/syntax/flow/flow.js';
import { Grammars } from '../../../src/syntax/grammars.js';
import { languageOfName } from '../../../src/syntax/languages.js';

const grammars = new Grammars(resolve('dist/grammars'));

/** Each line of `source` begins with "> " where it is selected, else with two blanks. */
export async function flowOf(name: string, source: string): Promise<FlowResult> {
  const lines = source.replace(/^\n/, '').split('\n');
  const start = lines.findIndex((line) => line.startsWith('>'));
  const end = lines.findLastIndex((line) => line.startsWith('>'));
  const text = lines.map((line) => line.slice(2)).join('\n');
  return await findFlow({ language: languageOfName(name)?.id, text, lines: { start, end } }, grammars);
}

/** "a, b → c+, d?": what is read, and what is handed back, "+" for what is new, "?" for what is not always assigned; then all else that is not nothing. */
export async function shownFlow(name: string, source: string): Promise<string> {
  const flow = await flowOf(name, source);
  return flow.kind === 'flow' ? shown(flow) : JSON.stringify(flow);
}

export function shown({ reads, results, definitions, outer, exits, shared, globals, self, repeats, unseen, holds }: Flow): string {
  const names = (of: readonly { readonly name: string }[]): string => of.map((n) => n.name).join(', ');
  const more: readonly (readonly [string, readonly string[]])[] = [
    ['defines', definitions.map((d) => d.name)],
    ['outer', outer.map((o) => `${o.name}${o.assigned ? '=' : ''}`)],
    ['exits', exits.map((e) => `${e.kind} ${e.lines.map((l) => l + 1)}`)],
    ['shared', shared.map((s) => `${s.name} ${s.why} ${s.line + 1}`)],
    ['globals', globals],
    ['self', self.map((s) => s.name)],
    ['repeats', repeats.map((r) => `${r.start + 1}-${r.end + 1}`)],
    ['unseen', unseen],
  ];
  const given = results.map((r) => `${r.name}${r.fresh ? '+' : ''}${r.always ? '' : '?'}`).join(', ');
  return [
    `${holds === 'expression' ? 'expression: ' : ''}${names(reads)} → ${given}`.trim(),
    ...more.filter(([, found]) => found.length > 0).map(([word, found]) => `${word} ${found.join(', ')}`),
  ].join('; ');
}
