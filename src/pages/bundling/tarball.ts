import { fileURLToPath } from 'node:url';
import { pack } from './pack.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

console.log(pack(root));
