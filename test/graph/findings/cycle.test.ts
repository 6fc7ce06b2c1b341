import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findCycles } from '../../../src/graph/cycles.js';
import { edgesToCut } from '../../../src/graph/findings/edges-to-cut.js';
import { graphOf } from '../graphs.js';
import { findingsIn, shownIn } from './findings.js';

describe('graph/findings/cycle', () => {
  it('shows the loop and where it is cheapest to cut', async () => {
    const files = {
      'order.py': 'from mail import send, receipt\n\nclass Order:\n    def done(self):\n        send(receipt)\n',
      'mail.py': 'import os\nimport order\n\ndef send(text): ...\ndef receipt(): ...\n',
    };
    assert.deepEqual(await shownIn(files), [
      'low cycle: mail.py:2 depends on order.py; a place to cut: 1 reference | order.py:1 depends on mail.py',
    ]);
    const [finding] = await findingsIn(files);
    assert.equal(finding?.message, '2 files depend on each other. One dependency fewer (1 reference) and there is no ring.');
  });

  it('ranks a cycle across folders above one inside a folder', async () => {
    const shown = await shownIn({
      'a/x.ts': "import '../b/y';",
      'b/y.ts': "import '../a/x';",
      'c/1.ts': "import './2';",
      'c/2.ts': "import './3';",
      'c/3.ts': "import './1';",
    });
    assert.deepEqual(
      shown.map((line) => line.replace(/:.*/, '')),
      ['high cycle', 'medium cycle'],
    );
  });

  it('leaves out tests, generated and third-party files, and imports of types', async () => {
    assert.deepEqual(
      await shownIn(
        {
          'a.test.ts': "import './b.test';",
          'b.test.ts': "import './a.test';",
          'vendor/a.ts': "import './b';",
          'vendor/b.ts': "import './a';",
          'made.ts': "// @generated\nimport './plain';",
          'plain.ts': "import './made';",
          'type.ts': "import type { V } from './value';\nexport type T = V;",
          'value.ts': "import './type';\nexport class V {}",
        },
        'cycle',
      ),
      [],
    );
  });

  it('takes no part in what a Rust file says of its child modules', async () => {
    const facade = {
      'Cargo.toml': '[package]\nname = "shop"\n',
      'src/lib.rs': 'mod order;\npub use order::Order;\npub struct Shop;\n',
      'src/order.rs': 'use crate::Shop;\npub struct Order { pub shop: Shop }\n',
    };
    assert.deepEqual(await shownIn(facade, 'cycle'), []);
    const ring = { ...facade, 'src/lib.rs': `${facade['src/lib.rs']}pub fn open(first: order::Order) {}\n` };
    assert.deepEqual(await shownIn(ring, 'cycle'), [
      'low cycle: src/lib.rs:4 depends on src/order.rs | src/order.rs:1 depends on src/lib.rs; a place to cut: 2 references',
    ]);
  });

  it('cuts edges that leave no cycle, on random graphs', () => {
    const edge = fc.tuple(fc.nat(9), fc.nat(9)).filter(([a, b]) => a !== b);
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 40 }), (pairs) => {
        const graph = graphOf(pairs.map(([a, b]) => `${a} -> ${b}`).join(','));
        const cut = new Set(edgesToCut(graph, graph.files, graph.edges));
        assert.deepEqual(findCycles(graph, { counts: (e) => !cut.has(e) }), []);
        if (findCycles(graph).length === 0) assert.equal(cut.size, 0);
      }),
    );
  });
});
