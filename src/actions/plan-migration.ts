/** Plan a migration: communities of the graph as candidate modules, the seams between them, an order, and what each step costs to read. */
import { counted, formatCount } from '../base/count.js';
import type { Action, Scene } from './action.js';
import { findModules, type Module } from './modules.js';

/** Of each list. */
const MODULES = 20;
const FILES = 6;
const SEAMS = 5;
const EDGES = 3;

export const planMigration: Action = {
  id: 'plan-migration',
  title: 'Plan a Migration',
  summary: 'plans how a monolith becomes modules: candidates, seams, an order, and the cost of each step',
  takes: ['workspace'],
  answers: 'text',
  demands: 'change',
  wish: { required: false, prompt: 'Where should it go? ("billing as a service of its own"; may be empty)' },
  plan(scene) {
    const { modules, shared } = findModules(scene.snapshot);
    if (modules.length < 2)
      return 'The files depend on each other so that no two groups of them can be told apart. There is nothing to plan.';
    tellModules(scene, modules);
    if (shared.length > 0) scene.evidence.say(`Used from everywhere, and in none of the groups: ${shared.slice(0, MODULES).join(', ')}`);
    return {
      title: `Plan a migration into ${modules.length} modules`,
      task: `Plan how this code base becomes modules: ${modules
        .slice(0, MODULES)
        .map((m) => m.name)
        .join(', ')}`,
      instructions: `Write a plan by which this code base becomes modules with clear borders, in steps that each leave it working and can be released.

- The evidence has groups of files that hang together more than with the rest, computed from their dependencies alone. Name each by what it is for; say where two belong together, or one has two subjects, and why.
- For each border that is to become one between modules: what crosses it, which direction is right, and what has to be cut, inverted or moved before it holds. The lines of the evidence are where to begin.
- Order: leaves first, by the numbers of the evidence unless you say why not; groups in a loop only after the loop is cut, and that is a step of its own.
- For each step: goal, files, what changes at the seam, how to tell that it is done (a check that can run), what can go wrong, and the tokens${scene.inputPrice === undefined ? '' : ' and price'} of the evidence for reading its files once. Those count reading alone; invent no other figures, no days and no people.
- End with what the graph cannot show and has to be asked: data that modules share, what is called by name at run time, deployment, owners.`,
    };
  },
};

function tellModules({ snapshot, evidence, inputPrice }: Scene, modules: readonly Module[]): void {
  const files = modules.reduce((n, m) => n + m.files.length, 0);
  evidence.say(
    `${counted(modules.length, 'group')} of ${counted(files, 'file')}, those first on which others depend and that depend on few:`,
  );
  for (const { number, name, files: members, tokens, inside, seams, users, loop } of modules.slice(0, MODULES)) {
    const price = inputPrice === undefined ? '' : `, $${((tokens * inputPrice) / 1e6).toFixed(4)} to read once`;
    evidence.say(
      `${number + 1}. around ${name}: ${counted(members.length, 'file')}, ${formatCount(tokens)} tokens${price}; ${counted(inside, 'dependency', 'dependencies')} inside`,
    );
    const largest = [...members].sort((a, b) => snapshot.tokens(b) - snapshot.tokens(a) || (a < b ? -1 : 1));
    evidence.say(`   ${largest.slice(0, FILES).join(', ')}${members.length > FILES ? ` and ${members.length - FILES} more` : ''}`);
    if (users.length > 0) evidence.say(`   used by ${numbers(users)}`);
    if (loop.length > 0) evidence.say(`   in a loop with ${numbers(loop)}`);
    for (const { to, edges, weight } of seams.slice(0, SEAMS)) {
      evidence.say(`   depends on ${to + 1}: ${counted(edges.length, 'dependency', 'dependencies')}, ${counted(weight, 'reference')}`);
      for (const e of edges.slice(0, EDGES)) evidence.say(`     ${e.from}:${e.line + 1} -> ${e.to} (${e.weight})`);
    }
    if (seams.length > SEAMS) evidence.say(`   and on ${seams.length - SEAMS} more`);
  }
  if (modules.length > MODULES) evidence.say(`and ${modules.length - MODULES} smaller groups`);
}

const numbers = (all: readonly number[]): string => all.map((n) => n + 1).join(', ');
