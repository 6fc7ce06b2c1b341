/** Which action is the answer to a finding, and what it is asked for. */
import type { Finding, FindingKind } from '../../graph/findings/finding.js';

export interface Solution {
  /** Id of the action. */
  readonly action: string;
  /** As a menu says it. */
  readonly title: string;
  /** What is wanted, for an action that has to be told. */
  readonly wish?: string;
}

const INVERT: Solution = { action: 'invert-dependency', title: 'Invert Dependency' };
const LISKOV: Solution = { action: 'refactor-liskov-substitution', title: 'Refactor Toward Liskov Substitution' };
const SEGREGATE: Solution = { action: 'refactor-interface-segregation', title: 'Refactor Toward Interface Segregation' };
const SPLIT: Solution = { action: 'split-module', title: 'Split Module' };

const SOLUTIONS: Readonly<Record<FindingKind, Solution>> = {
  layering: INVERT,
  'concrete-dependency': INVERT,
  cycle: { action: 'break-cycle', title: 'Break Dependency Cycle' },
  'unstable-dependency': { action: 'refactor-dependency-inversion', title: 'Refactor Toward Dependency Inversion' },
  hub: SPLIT,
  'refused-override': LISKOV,
  'incompatible-override': LISKOV,
  'empty-override': SEGREGATE,
  'fat-interface': SEGREGATE,
  'god-class': { action: 'refactor-single-responsibility', title: 'Refactor Toward Single Responsibility' },
  'god-file': SPLIT,
  'type-switch': { action: 'refactor-open-closed', title: 'Refactor Toward Open/Closed' },
  'dead-export': {
    action: 'refactor',
    title: 'Remove What Nothing Uses',
    wish: 'Take the export away that no other file asks for, and the definition with it where its own file does not use it either.',
  },
};

export const solutionOf = ({ kind }: Pick<Finding, 'kind'>): Solution => SOLUTIONS[kind];
