import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { readPage, root } from './pages.ts';

/**
 * Expects that a page of the documentation shows a text, but for what differs from run to run. Where it does not,
 * `vitest -u` writes the text into the page.
 *
 * @param info the words beside the language of the block
 * @param constant leaves out what differs
 */
export async function expectShown(
  path: string,
  info: string,
  text: string,
  constant: (text: string) => string,
): Promise<void> {
  const page = readPage(path);
  const block = page.blocks.find((block) => block.info === info);
  if (!block) throw new Error(`${path} has no block "${info}".`);
  const fenced = (content: string) => `\`\`\`${block.language} ${info}\n${content}\n\`\`\``;
  const shown = block.text.trimEnd();
  const isShown = constant(text) === constant(shown);
  const wanted = isShown ? page.text : page.text.replace(fenced(shown), () => fenced(text));
  await expect(wanted).toMatchFileSnapshot(fileURLToPath(new URL(path, root)));
}
