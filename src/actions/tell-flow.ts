/** The flow of a selection as evidence: what a function made of it takes, hands back and cannot do as before. */
import { counted } from '../base/count.js';
import type { ExitKind, Flow, FlowName, Lines, Result, Shared } from '../syntax/flow/flow.js';
import type { EvidenceText } from './evidence.js';

/** Says what is known of the lines. */
export function tellFlow(evidence: EvidenceText, flow: Flow): void {
  const { lines, holds, atTop, reads, results, definitions, outer, exits, shared, globals, self, repeats, unseen } = flow;
  evidence.say(
    `Computed from the syntax of ${rangeWords(lines)} (${holds === 'statements' ? 'whole statements' : 'an expression, of which the value is used'}):`,
  );
  const say = (words: string, found: readonly string[]): void => {
    if (found.length > 0) evidence.say(`- ${words}: ${found.join(', ')}`);
  };
  evidence.say(
    reads.length === 0
      ? `- reads no variable of ${atTop ? 'the blocks around it' : 'the function around it'}`
      : `- to pass in: ${reads.map(declared).join(', ')}`,
  );
  evidence.say(
    results.length === 0
      ? '- hands back nothing'
      : `- assigned here and read behind it, to hand back: ${results.map(resultWords).join(', ')}`,
  );
  say('defined here and used behind it', definitions.map(declared));
  say(
    'of the functions around that function (visible where the new one stands inside of them, else to be passed or handed back as well)',
    outer.map((o) => `${declared(o)}${o.assigned ? ' assigned' : ''}`),
  );
  say('assigned as a name of the file (global)', globals);
  for (const { kind, lines: at } of exits) evidence.say(`- ${EXITS[kind]}: ${linesWords(at)}`);
  say(
    'belongs to the object or call',
    self.map(({ name, line }) => `${name} (line ${line + 1})`),
  );
  for (const { name, why, line } of shared) evidence.say(`- careful with ${name}: ${SHARED[why]} (line ${line + 1})`);
  say('the very same lines stand again', repeats.map(rangeWords));
  say('not looked into', unseen);
  if (atTop) evidence.say('- it stands in no function: names of the file need not be passed');
}

/** Says which parts of a function could stand alone. */
export function tellStretches(evidence: EvidenceText, parts: readonly Flow[]): void {
  evidence.say(
    parts.length === 0
      ? 'No stretch of it is long enough for a name.'
      : 'Stretches of it that could stand alone, computed from the syntax:',
  );
  for (const { lines, reads, results, definitions, exits, shared } of parts) {
    const given = [...results, ...definitions].map(({ name }) => name);
    evidence.say(
      [
        `- ${rangeWords(lines)}: takes ${listed(reads)}`,
        `hands back ${given.length === 0 ? 'nothing' : given.join(', ')}`,
        ...exits.map(({ kind, lines: at }) => `${kind} in ${linesWords(at)}`),
        ...(shared.length > 0 ? [`careful with ${[...new Set(shared.map(({ name }) => name))].join(', ')}`] : []),
      ].join('; '),
    );
  }
}

export const rangeWords = ({ start, end }: Lines): string => (start === end ? `line ${start + 1}` : `lines ${start + 1} to ${end + 1}`);

const linesWords = (lines: readonly number[]): string =>
  `${counted(lines.length, 'line').replace(/^\d+ /, '')} ${lines.map((l) => l + 1).join(', ')}`;

const listed = (names: readonly FlowName[]): string => (names.length === 0 ? 'nothing' : names.map(({ name }) => name).join(', '));

const declared = ({ name, line }: FlowName): string => `${name} (line ${line + 1})`;

function resultWords({ name, line, fresh, always }: Result): string {
  const more = [...(fresh ? ['new here'] : [`line ${line + 1}`]), ...(always ? [] : ['not assigned on every way'])];
  return `${name} (${more.join(', ')})`;
}

const EXITS: Readonly<Record<ExitKind, string>> = {
  return: 'returns from the function around it',
  break: 'leaves a loop or switch around it',
  continue: 'goes on with a loop around it',
  throw: 'throws',
  await: 'waits (await)',
  yield: 'yields',
  defer: 'defers to the end of the function around it',
  value: 'its last statement is the value of what is around it',
};

const SHARED: Readonly<Record<Shared['why'], string>> = {
  'changed-by-inner': 'a function inside of the selection changes it, and it is read behind; handed back right only once that has run',
  'read-by-inner': 'a function inside of the selection keeps it, and it is changed behind; a copy does not see that',
  'changed-by-outer': 'a function outside of the selection changes it; a copy does not see that',
  'read-by-outer': 'a function outside of the selection reads it while the selection may have changed a copy',
  address: 'its address is taken or it is lent to be changed',
  throws: 'it is read behind the try statement around the selection; what was assigned before a throw is lost in a copy',
};
