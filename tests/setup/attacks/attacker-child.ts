// The process of one attacker: what it is sent is whom to attack and how; it answers with what came back, and ends.

import { createAttacker, type Target } from './attacker.ts';
import { attacks } from './attacks.ts';

process.once('message', ({ name, target }: { readonly name: string; readonly target: Target }) => {
  const attack = attacks.find((one) => one.name === name);
  if (!attack) throw new Error(`There is no attack ${name}.`);
  const attacker = createAttacker(target);
  Promise.race([attack.run(attacker), attacker.wait()]).then(() => {
    process.send?.(Object.fromEntries(attacker.answers), () => process.exit());
  });
});
process.once('disconnect', () => process.exit());
