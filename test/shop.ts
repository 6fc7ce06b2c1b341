/** A project of two files that import each other, and answers to actions on it as a model would give them; K stands for the key of the request. */
export const SHOP = {
  'src/order.mjs':
    "import { nameOf } from './customer.mjs';\n\nexport const limit = 2;\n\nexport function title(order) {\n  const name = nameOf(order.by);\n  return `${name}: ${order.items}`;\n}\n",
  'src/customer.mjs':
    "import { limit } from './order.mjs';\n\nexport const nameOf = (customer) => customer.name;\nexport const mayOrder = (count) => count < limit;\n",
  'test/order.test.mjs':
    "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { title } from '../src/order.mjs';\n\ntest('a title names the customer', () => {\n  assert.equal(title({ by: { name: 'Ada' }, items: 1 }), 'Ada: 1');\n});\n",
  'package.json': '{\n  "name": "shop",\n  "type": "module",\n  "scripts": { "test": "node --test" }\n}\n',
};

/** To "Break the dependency cycle". */
export const CUT_CYCLE = `The limit moves out of the order.

<<<<<<< CREATE K src/limits.mjs
export const limit = 2;
>>>>>>> K
<<<<<<< EDIT K src/order.mjs
export const limit = 2;
======= K
export { limit } from './limits.mjs';
>>>>>>> K
<<<<<<< EDIT K src/customer.mjs
import { limit } from './order.mjs';
======= K
import { limit } from './limits.mjs';
>>>>>>> K
`;

/** To "Write integration tests". */
export const INTEGRATION_TEST = `They go through both files.

<<<<<<< CREATE K test/order.integration.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayOrder } from '../src/customer.mjs';
import { limit, title } from '../src/order.mjs';

test('a customer may order up to the limit, and is named in the title', () => {
  assert.equal(mayOrder(limit - 1), true);
  assert.equal(mayOrder(limit), false);
  assert.equal(title({ by: { name: 'Grace' }, items: 2 }), 'Grace: 2');
});
>>>>>>> K
`;
