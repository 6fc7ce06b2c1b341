import assert from 'node:assert/strict';
import { findingsIn, shownIn } from './findings.js';

const rules = (forbid: object): string =>
  JSON.stringify({ layers: { ui: ['src/ui/**'], db: 'src/db/' }, forbid: [{ from: 'ui', to: 'db', ...forbid }] });

describe('graph/findings/layering', () => {
  const files = {
    'src/db/table.ts': 'export interface Rows { all(): string[] }\nexport class Table implements Rows { all() { return []; } }\n',
    'src/ui/page.ts': "import { Table } from '../db/table';\n\nexport const page = new Table();\n",
    'src/ui/list.ts': "import type { Rows } from '../db/table';\nexport const list = (rows: Rows) => rows.all();\n",
    'src/ui/page.test.ts': "import { Table } from '../db/table';\nnew Table();\n",
  };

  it('shows each import that a rule forbids, with the reason that the rule gives', async () => {
    const found = await findingsIn(
      { ...files, '.longview/rules.json': rules({ reason: 'pages are rendered without a server' }) },
      'layering',
    );
    assert.deepEqual(
      found.map((f) => [f.severity, f.evidence[0]?.path, f.evidence[0]?.line]),
      [
        ['high', 'src/ui/list.ts', 0],
        ['high', 'src/ui/page.ts', 0],
      ],
    );
    assert.equal(
      found[1]?.message,
      'src/ui/page.ts depends on src/db/table.ts: ui may not import db (pages are rendered without a server).',
    );
  });

  it('lets types through where the rule says so', async () => {
    assert.deepEqual(await shownIn({ ...files, '.longview/rules.json': rules({ except: 'types' }) }, 'layering'), [
      'high layering: src/ui/page.ts:1 depends on src/db/table.ts',
    ]);
  });

  it('lets abstractions through where the rule says so, and names what is concrete', async () => {
    assert.deepEqual(
      await shownIn(
        {
          '.longview/rules.json': rules({ except: 'abstractions' }),
          'src/db/Rows.java': 'package db;\npublic interface Rows { int size(); }\n',
          'src/db/Table.java': 'package db;\npublic class Table implements Rows { public int size() { return 0; } }\n',
          'src/ui/List.java': 'package ui;\nimport db.Rows;\nclass List { int n(Rows rows) { return rows.size(); } }\n',
          'src/ui/Page.java': 'package ui;\nimport db.Table;\nclass Page {\n  Table table;\n}\n',
        },
        'concrete-dependency',
      ),
      ['high concrete-dependency: src/ui/Page.java:4 uses the class Table of src/db/Table.java'],
    );
  });
});
