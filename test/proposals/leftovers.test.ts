import assert from 'node:assert/strict';
import { leftovers } from '../../src/proposals/leftovers.js';

const linesOf = (text: string): number[] => leftovers('', text);

describe('proposals/leftovers', () => {
  it('finds lines in which a model stands in for text that it did not write', () => {
    for (const line of [
      '…',
      '// ... rest of the code',
      '  # ... existing code ...',
      '/* ... */',
      '{/* … */}',
      '<!-- remaining sections … -->',
      '... (unchanged)',
      "'''... same as before'''",
    ])
      assert.deepEqual(linesOf(`a\n${line}\nb`), [1], line);
  });

  it("leaves what is a program's own", () => {
    for (const line of [
      '...',
      'f(...args)',
      '  ...rest,',
      '...(existing ?? []),',
      'type T = [...U];',
      'console.log("loading...");',
      '# wait for it...',
      'x = "…"',
    ])
      assert.deepEqual(linesOf(line), [], line);
    assert.deepEqual(leftovers('// ... rest of the code\n', '  // ... rest of the code\n'), []);
  });

  it('reads a line of any length', () => {
    for (const run of [' ', '.', '*', '/*', '" ']) assert.deepEqual(linesOf(`x${run.repeat(50_000)}y`), []);
  });
});
