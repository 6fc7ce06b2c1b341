/** Extract a function, a class or a module from a place. */
import { edgesTo } from '../graph/neighbours.js';
import type { Snapshot } from '../index/snapshot.js';
import type { Action, FlowPlace, Scene, Target, TargetKind } from './action.js';
import { tellCrossing } from './crossings.js';
import { innerParts, largestClass, tellParts } from './inner-parts.js';
import { symbolNamed } from './symbols.js';
import { rangeWords, tellFlow, tellStretches } from './tell-flow.js';
import type { Place } from './tell-place.js';
import { tellPlace } from './tell-place.js';
import { BRIEF, CARE } from './wording.js';

interface Extraction {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly takes: readonly TargetKind[];
  readonly how: string;
  readonly flowOf?: Action['flowOf'];
  /** A text is the reason why it cannot be done. */
  tell?(scene: Scene, place: Place): string | undefined;
}

const EXTRACTIONS: readonly Extraction[] = [
  {
    id: 'extract-function',
    title: 'Extract Function',
    summary: 'gives a stretch of code a name of its own',
    takes: ['lines', 'symbol'],
    how: `Move the selected lines (of a whole function: the part of it that is most worth a name) into a function of their own, and call it where they stood.

- Choose a name that says what it does, not how. Pass in what it reads, return what it changes, as the evidence has computed it; keep early returns, exceptions, await and the order of effects as they are.
- Put it where this code base would: beside the caller, or as a method where it needs the object. It is not exported.
- Where the same lines stand in this file a second time, call it there too.`,
    flowOf: linesMeant,
    tell: tellFlowOf,
  },
  {
    id: 'extract-class',
    title: 'Extract Class',
    summary: 'moves members that belong together into a class of their own',
    takes: ['symbol', 'lines', 'file'],
    how: `Move the members that belong together (the selected ones, else the group of the evidence that is the most apart from the rest) into a class of their own, and let the old class hold and use it.

- The new class gets the state that only its members use. It does not know the old class.
- Those who use the old class go on as before: where a public member moves, the old class passes the call on.`,
    tell(scene, { focus: { path }, symbol }) {
      const record = scene.snapshot.record(path);
      tellParts(scene, path, innerParts(scene.snapshot, path, symbol ?? (record && largestClass(record))));
      return undefined;
    },
  },
  {
    id: 'extract-module',
    title: 'Extract Module',
    summary: 'moves definitions into a file of their own, and their imports with them',
    takes: ['symbol', 'lines', 'file'],
    how: `Move the definition that is meant (of a selection all definitions in it, of a file the group of the evidence that is the most apart from the rest), with what only it uses, into a new file.

- Name and place the new file as this code base does. It gets the imports that it needs, and the old file loses those that it needs no more.
- Change every import elsewhere that asks for a moved name. Where the old file is a public entry of a package, it passes the names on.
- The new file must not import the old one; if it would have to, move what it needs as well, or change nothing and say so.`,
    tell(scene, { focus: { path } }) {
      tellParts(scene, path, innerParts(scene.snapshot, path));
      for (const edge of edgesTo(scene.snapshot.graph, path).slice(0, MOST_USERS)) tellCrossing(scene, edge);
      return undefined;
    },
  },
];

/** Users of a file whose imports are told. */
const MOST_USERS = 20;

/** The selected lines, or those of a function. */
function linesMeant(snapshot: Snapshot, target: Target): FlowPlace | undefined {
  if (target.kind === 'lines') return target;
  if (target.kind !== 'symbol') return undefined;
  const symbols = snapshot.record(target.path)?.symbols ?? [];
  const meant = symbols[symbolNamed(symbols, target.symbol) ?? -1];
  return meant && { path: target.path, lines: { start: meant.start, end: meant.end } };
}

function tellFlowOf({ flow, evidence, target }: Scene): string | undefined {
  switch (flow?.kind) {
    case 'cut':
      // What a symbol's lines hold besides it is not the user's doing.
      if (target.kind === 'lines') return `The lines begin or end within a statement. Select ${rangeWords(flow.nearest)}.`;
      break;
    case 'flow':
      tellFlow(evidence, flow);
      break;
    case 'parts':
      tellStretches(evidence, flow.parts);
      break;
    case 'unknown':
      evidence.say(`What it reads and hands back is unknown: ${flow.reason}.`);
  }
  return undefined;
}

export const extractions: readonly Action[] = EXTRACTIONS.map(
  ({ id, title, summary, takes, how, flowOf, tell }): Action => ({
    id,
    title,
    summary,
    takes,
    answers: 'proposal',
    demands: 'change',
    ...(flowOf ? { flowOf } : {}),
    wish: { required: false, prompt: 'What should it be called, or have in it? (may be empty)' },
    plan(scene) {
      const place = tellPlace(scene, scene.target);
      if (typeof place === 'string') return place;
      const refused = tell?.(scene, place);
      if (refused !== undefined) return refused;
      return {
        title: `${title} from ${place.words}`,
        focus: place.focus,
        needs: place.needs,
        instructions: `${how}\n${CARE}\n\n${BRIEF}`,
      };
    },
  }),
);
