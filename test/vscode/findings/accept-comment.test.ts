import assert from 'node:assert/strict';
import { acceptByComment } from '../../../src/vscode/findings/accept-comment.js';

/** The file after the edit. */
function edited(text: string, language: string, line: number, kind = 'cycle'): string | undefined {
  const lines = text.split('\n');
  const edit = acceptByComment(lines, language, line, kind);
  if (!edit) return undefined;
  lines.splice(edit.line, edit.kind === 'replace' ? 1 : 0, edit.text);
  return lines.join('\n');
}

describe('vscode/findings/accept-comment', () => {
  it('writes a comment of the language above the line, as far indented', () => {
    assert.equal(edited("a();\n  import('./b');", 'typescript', 1), "a();\n  // longview-ignore cycle\n  import('./b');");
    assert.equal(edited('def f():\n\timport b', 'python', 1), 'def f():\n\t# longview-ignore cycle\n\timport b');
    assert.equal(edited("@import 'b';", 'css', 0), "/* longview-ignore cycle */\n@import 'b';");
  });

  it('adds the kind to a comment that is there, on the line or above', () => {
    assert.equal(
      edited('// longview-ignore layering, cycle: known\nimport b', 'java', 1, 'dead-export'),
      '// longview-ignore layering, cycle, dead-export: known\nimport b',
    );
    assert.equal(edited('import b // longview-ignore layering', 'java', 0), 'import b // longview-ignore layering, cycle');
  });

  it('gives none where it would be no comment, or break the line', () => {
    assert.equal(edited('{}', 'json', 0), undefined);
    assert.equal(edited('return (\n  <Parcel />\n)', 'typescriptreact', 1), undefined);
    assert.equal(edited('if a and \\\n  isinstance(b, C):', 'python', 1), undefined);
    assert.equal(edited('<?php use B;', 'php', 0), undefined);
    assert.equal(edited('a', 'typescript', 5), undefined);
  });
});
