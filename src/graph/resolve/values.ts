/** Values as records write them ("new Foo", "a.b().c[]"), taken apart into steps that a resolver can follow. */

export interface Step {
  /** `make`: "new Foo"; `name`: a variable, field or type; `call`: a function or method; `index`: an element of what came before. */
  readonly kind: 'make' | 'name' | 'call' | 'index';
  readonly name: string;
}

/** Values as they were read: records write the same few again and again. */
const read = new Map<string, readonly Step[]>();
const MAX_READ = 20_000;

/** Steps from left to right; empty for what cannot be followed. */
export function stepsOf(value: string): readonly Step[] {
  let steps = read.get(value);
  if (!steps) {
    if (read.size >= MAX_READ) read.clear();
    steps = readSteps(value);
    read.set(value, steps);
  }
  return steps;
}

function readSteps(value: string): Step[] {
  if (value === '' || value === '?') return [];
  const steps: Step[] = [];
  let rest = value;
  const made = /^new ((?:\[\])*[\p{L}_$][\p{L}\p{N}_$.]*(?:\[\])*)/u.exec(rest);
  if (made) {
    steps.push({ kind: 'make', name: made[1]! });
    rest = rest.slice(made[0].length);
  }
  for (const [whole, name, call] of rest.matchAll(/\.?([\p{L}_$][\p{L}\p{N}_$]*)(\(\))?|\[\]/gu)) {
    if (whole === '[]') steps.push({ kind: 'index', name: '' });
    else steps.push({ kind: call === undefined ? 'name' : 'call', name: name! });
  }
  return steps;
}
