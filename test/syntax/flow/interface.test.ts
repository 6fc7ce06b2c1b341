import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import vm from 'node:vm';
import fc from 'fast-check';
import type { Flow } from '../../../src/syntax/flow/flow.js';
import { flowOf } from './flows.js';

const NAMES = ['a', 'b', 'c', 'd'];

/** A program of a few statements, in no language yet. */
type Statement =
  | { readonly kind: 'set' | 'add'; readonly name: string; readonly value: string }
  | { readonly kind: 'show'; readonly value: string }
  | { readonly kind: 'if'; readonly value: string; readonly yes: readonly Statement[]; readonly no: readonly Statement[] }
  | { readonly kind: 'repeat'; readonly body: readonly Statement[] }
  | { readonly kind: 'try'; readonly body: readonly Statement[] };

const name = fc.constantFrom(...NAMES);
const value = fc.oneof(
  name,
  fc.tuple(name, name).map(([x, y]) => `(${x} * 3 + ${y})`),
  fc.integer({ min: 1, max: 9 }).map(String),
);
const { statements } = fc.letrec<{ statement: Statement; statements: Statement[] }>((tie) => ({
  statements: fc.array(tie('statement'), { minLength: 1, maxLength: 4 }),
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('set' as const, 'set' as const, 'add' as const), name, value }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('show' as const), value }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('if' as const), value, yes: tie('statements'), no: tie('statements') }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat' as const), body: tie('statements') }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('try' as const), body: tie('statements') }) },
  ),
}));

/** What a language writes for a program. */
interface Writer {
  readonly file: string;
  statement(statement: Statement, write: (body: readonly Statement[]) => string[]): string[];
  /** A program of the statements, which prints what they show and the variables at the end; and, called by it, the extracted function. */
  program(body: readonly string[], extracted: readonly string[]): string[];
  call(flow: Flow): string[];
  function(flow: Flow, body: readonly string[]): string[];
  run(source: string): string;
}

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const javascript: Writer = {
  file: 'a.js',
  statement(s, write) {
    switch (s.kind) {
      case 'set':
        return [`${s.name} = ${s.value} % 97;`];
      case 'add':
        return [`${s.name} += ${s.value};`];
      case 'show':
        return [`show(${s.value});`];
      case 'if':
        return [`if (${s.value} % 2) {`, ...indent(write(s.yes)), '} else {', ...indent(write(s.no)), '}'];
      case 'repeat':
        return ['for (const _ of [1, 2]) {', ...indent(write(s.body)), '}'];
      case 'try':
        return ['try {', ...indent(write(s.body)), '} finally {', '  show(1);', '}'];
    }
  },
  program: (body, extracted) => [
    ...extracted,
    'function main(a, b) {',
    '  let c = 2, d = a;',
    ...indent(body),
    '  show(a, b, d);',
    '}',
    'main(3, 4);',
  ],
  call: ({ reads, results }) => [
    `${results.length === 0 ? '' : `[${results.map((r) => r.name).join(', ')}] = `}extracted(${reads.map((r) => r.name).join(', ')});`,
  ],
  function: ({ reads, results }, body) => {
    const passed = new Set(reads.map((r) => r.name));
    const own = NAMES.filter((n) => !passed.has(n));
    return [
      `function extracted(${[...passed].join(', ')}) {`,
      ...(own.length === 0 ? [] : [`  let ${own.join(', ')};`]),
      ...body,
      `  return [${results.map((r) => r.name).join(', ')}];`,
      '}',
    ];
  },
  run(source) {
    const shown: unknown[] = [];
    vm.runInNewContext(source, { show: (...values: unknown[]) => shown.push(...values) });
    return JSON.stringify(shown);
  },
};

const python: Writer = {
  file: 'a.py',
  statement(s, write) {
    switch (s.kind) {
      case 'set':
        return [`${s.name} = ${s.value} % 97`];
      case 'add':
        return [`${s.name} += ${s.value}`];
      case 'show':
        return [`show(${s.value})`];
      case 'if':
        return [`if ${s.value} % 2:`, ...indent(write(s.yes)), 'else:', ...indent(write(s.no))];
      case 'repeat':
        return ['for _ in (1, 2):', ...indent(write(s.body))];
      case 'try':
        return ['try:', ...indent(write(s.body)), 'finally:', '  show(1)'];
    }
  },
  program: (body, extracted) => [...extracted, 'def main(a, b):', '  c, d = 2, a', ...indent(body), '  show(a)', '  show(d)', 'main(3, 4)'],
  call: ({ reads, results }) => [
    `${results.length === 0 ? '' : `[${results.map((r) => r.name).join(', ')}] = `}extracted(${reads.map((r) => r.name).join(', ')})`,
  ],
  function: ({ reads, results }, body) => [
    `def extracted(${reads.map((r) => r.name).join(', ')}):`,
    ...body,
    `  return [${results.map((r) => r.name).join(', ')}]`,
  ],
  run: () => '',
};

/** Lines of a program in which the statements at `path` may be marked, and what stands there. */
function written(writer: Writer, program: readonly Statement[], chosen: readonly Statement[], instead?: readonly string[]): string[] {
  const write = (body: readonly Statement[]): string[] =>
    body.flatMap((s) => {
      const lines = writer.statement(s, write);
      if (!chosen.includes(s)) return lines;
      if (instead) return s === chosen[0] ? instead : [];
      return lines.map((line) => `\u0001${line}`);
    });
  return write(program);
}

/** Every list of statements in a program. */
function listsIn(body: readonly Statement[]): (readonly Statement[])[] {
  const inside = body.flatMap((s) => (s.kind === 'if' ? [s.yes, s.no] : s.kind === 'repeat' || s.kind === 'try' ? [s.body] : []));
  return [body, ...inside.flatMap(listsIn)];
}

const marked = (lines: readonly string[]): string =>
  lines.map((l) => (l.includes('\u0001') ? `> ${l.replace('\u0001', '')}` : `  ${l}`)).join('\n');

const runOf = fc.tuple(statements, fc.nat(), fc.nat(), fc.nat());

/** The program as it is, and with a stretch of it made a function by the interface that was computed. */
async function bothWays(
  writer: Writer,
  [program, list, from, length]: readonly [Statement[], number, number, number],
): Promise<[string, string]> {
  const lists = listsIn(program);
  const held = lists[list % lists.length]!;
  const first = from % held.length;
  const chosen = held.slice(first, first + 1 + (length % (held.length - first)));
  const flow = await flowOf(writer.file, marked(writer.program(written(writer, program, chosen), [])));
  assert.equal(flow.kind, 'flow', JSON.stringify(flow));
  const { call, function: wrap } = writer;
  const body = indent(written(writer, chosen, []));
  const plain = writer.program(written(writer, program, []), []).join('\n');
  return [plain, writer.program(written(writer, program, chosen, call(flow as Flow)), wrap(flow as Flow, body)).join('\n')];
}

describe('syntax/flow', () => {
  it('extracts statements of JavaScript by the computed interface without changing what a program does', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(runOf, async (drawn) => {
        const [before, after] = await bothWays(javascript, drawn);
        assert.equal(javascript.run(after), javascript.run(before), `${before}\n---\n${after}`);
      }),
      { numRuns: 400 },
    );
  });
  it('extracts statements of Python by the computed interface without changing what a program does', async function () {
    this.timeout(60_000);
    if (spawnSync('python3', ['--version']).status !== 0) this.skip();
    const drawn = fc.sample(runOf, 150);
    const pairs = await Promise.all(drawn.map((d) => bothWays(python, d)));
    // One process for all: each program is run by itself, and what it shows is compared there.
    const script = `import json, sys
def run(source):
  shown = []
  exec(source, {'show': shown.append})
  return shown
for before, after in json.load(sys.stdin):
  if run(before) != run(after):
    print(before, '---', after, sep='\\n')
`;
    const { stdout, stderr, status } = spawnSync('python3', ['-c', script], { input: JSON.stringify(pairs), encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.equal(stdout, '');
  });
});
