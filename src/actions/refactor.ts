/** Refactor a place toward a principle, or as the user says. */
import type { FindingKind } from '../graph/findings/finding.js';
import type { Action } from './action.js';
import { tellPlace } from './tell-place.js';
import { BRIEF, CARE } from './wording.js';

interface Principle {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** What to aim at, and how. */
  readonly aim: string;
  readonly findings?: readonly FindingKind[];
}

const PRINCIPLES: readonly Principle[] = [
  {
    id: 'single-responsibility',
    title: 'Refactor Toward Single Responsibility',
    summary: 'gives each unit one reason to change',
    aim: 'Each class, module or function is to have one reason to change. Name the responsibilities that are mixed here, then move all but one to units of their own, by the reason for which they change and not by size. Those who use it may go on calling what they call now where that keeps the change small.',
  },
  {
    id: 'open-closed',
    title: 'Refactor Toward Open/Closed',
    summary: 'lets a new case be added without editing the code that tells cases apart',
    aim: 'A new variant is to be added by adding code, not by editing this code again. Replace the decisions on type or kind by polymorphism, a table or a strategy, whichever the language and this code do most naturally. Where the set of cases is closed by design (a parser, a protocol), say so and change nothing.',
  },
  {
    id: 'liskov-substitution',
    title: 'Refactor Toward Liskov Substitution',
    summary: 'makes subtypes keep what their supertype promises',
    aim: 'Whoever holds the supertype must be able to use every subtype without knowing which it is: no refused methods, no narrower inputs, no weaker results, no other exceptions. Split the supertype, move the method to the subtypes that can keep it, or use delegation in place of inheritance.',
  },
  {
    id: 'interface-segregation',
    title: 'Refactor Toward Interface Segregation',
    summary: 'lets each client see only what it uses',
    aim: 'No client is to depend on members that it does not use. Split the wide interface by who uses what, as the evidence tells, and let each client ask for the narrow one. Implementers may implement several.',
  },
  {
    id: 'dependency-inversion',
    title: 'Refactor Toward Dependency Inversion',
    summary: 'lets high-level code depend on an abstraction that it owns',
    aim: 'The code that decides is to depend on an abstraction that belongs to it, and the detail is to implement that. Define the abstraction beside the code that decides, with the members that it uses and no others; hand the implementation in where the program is put together.',
  },
];

/** A free request first, then one for each principle. */
export const refactorings: readonly Action[] = [
  {
    id: 'refactor',
    title: 'Refactor…',
    summary: 'changes a place as you say',
    takes: ['lines', 'symbol', 'file', 'finding'],
    answers: 'proposal',
    demands: 'change',
    wish: { required: true, prompt: 'What should be different?' },
    plan(scene) {
      const place = tellPlace(scene, scene.target);
      if (typeof place === 'string') return place;
      return {
        title: `Refactor ${place.words}`,
        focus: place.focus,
        needs: place.needs,
        instructions: `Refactor the place of the evidence as the task says.\n\n${CARE}\n\n${BRIEF}`,
      };
    },
  },
  ...PRINCIPLES.map(
    ({ id, title, summary, aim }): Action => ({
      id: `refactor-${id}`,
      title,
      summary,
      takes: ['symbol', 'lines', 'file', 'finding'],
      answers: 'proposal',
      demands: 'change',
      wish: { required: false, prompt: 'Anything to heed? (may be empty)' },
      plan(scene) {
        const place = tellPlace(scene, scene.target);
        if (typeof place === 'string') return place;
        return {
          title: `${title.replace('Refactor Toward', `Refactor ${place.words} toward`)}`,
          focus: place.focus,
          needs: place.needs,
          instructions: `${aim}

- Look at the place of the evidence, and at the code around it as far as that needs it.
- If it keeps the principle already, or the cure is worse than the complaint, change nothing and say so.
${CARE}

${BRIEF}`,
        };
      },
    }),
  ),
];
