/** Sentences that several actions say to a model. */

/** What holds for every proposal. */
export const CARE = `- Change only what this needs; leave formatting, comments and names alone elsewhere.
- What other code sees (exported names, signatures, behaviour) stays as it is, unless the task asks for another; where it has to change, change every place that uses it.
- Write complete, working code in the style of the files around it: no placeholders, no "to do", nothing left out.
- If what you see is not enough, or it cannot be done without changing behaviour, change nothing and say why.`;

/** How the words around changes are to be. */
export const BRIEF = 'Before the changes, say in at most five sentences what you change and why.';
