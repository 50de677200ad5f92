import { labsOf } from './labs.js';

const [code = 'KE', url = 'http://127.0.0.1:4000/graphql'] = process.argv.slice(2);
try {
  for await (const lab of labsOf(url, code)) console.log(lab);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
