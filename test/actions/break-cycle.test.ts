import assert from 'node:assert/strict';
import { snapshotOf } from '../workspaces.js';
import { evidenceOf, planned, refusal } from './plans.js';

const LOOP = {
  'src/order.ts':
    "import { Customer } from './customer';\nexport class Order {\n  constructor(readonly by: Customer) {}\n}\nexport const limit = 10;\n",
  'src/customer.ts':
    "import { limit, Order } from './order';\nexport class Customer {\n  orders: Order[] = [];\n  add() {\n    if (this.orders.length < limit) this.orders.push(new Order(this));\n  }\n}\n",
  'src/main.ts': "import { Order } from './order';\nnew Order(undefined!);\n",
};

describe('actions/break-cycle', () => {
  it('tells what crosses each border of the loop, with its lines, and the cheapest place to cut', async () => {
    const plan = planned(await snapshotOf(LOOP), { action: 'break-cycle', target: { kind: 'workspace' } });
    assert.equal(plan.title, 'Break the dependency cycle src/customer.ts → src/order.ts');
    assert.equal(plan.answers, 'proposal');
    const evidence = evidenceOf(plan);
    assert.match(evidence, /src\/order\.ts depends on src\/customer\.ts \(\d+ references?\): cheapest to cut/);
    assert.match(evidence, /src\/order\.ts:1 {2}import \{ Customer \} from '\.\/customer';/);
    assert.match(evidence, /uses Customer \(class\)/);
    assert.match(evidence, /limit: line 5 in add/);
    assert.deepEqual(plan.files, ['src/customer.ts', 'src/order.ts']);
    assert.deepEqual(
      plan.pack.pins?.map((p) => [p.path, p.level]),
      [
        ['src/order.ts', 'full'],
        ['src/customer.ts', 'full'],
      ],
    );
    assert.ok(plan.pack.budget + plan.tokens <= 32_000);
  });

  it('breaks the loop that a file is in, and says where there is none', async () => {
    const snapshot = await snapshotOf(LOOP);
    assert.match(
      planned(snapshot, { action: 'break-cycle', target: { kind: 'file', path: 'src/order.ts' } }).title,
      /src\/order\.ts → src\/customer\.ts$/,
    );
    assert.equal(
      refusal(snapshot, { action: 'break-cycle', target: { kind: 'file', path: 'src/main.ts' } }),
      'src/main.ts is in no dependency cycle.',
    );
    const gone = { kind: 'cycle', files: ['src/main.ts', 'src/order.ts'] } as const;
    assert.match(refusal(snapshot, { action: 'break-cycle', target: gone }), /in no dependency cycle any more/);
  });

  it('shows nothing of a file that must not be shown', async () => {
    const plan = planned(await snapshotOf(LOOP), { action: 'break-cycle', target: { kind: 'workspace' }, drops: ['src/customer.ts'] });
    assert.ok(!plan.instructions.includes("from './order'"));
    assert.deepEqual(plan.files, ['src/order.ts']);
    assert.ok(!plan.pack.pins?.some((p) => p.path === 'src/customer.ts'));
  });
});
