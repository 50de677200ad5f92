import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** A key as its holder sends it: `sg_<id>_<secret>`. The id names it in lists and logs, the secret is 256 random bits. */
export interface ApiKey {
  readonly id: string;
  /** The whole of it. */
  readonly text: string;
}

/** Without letters and digits that look alike. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const ID_LENGTH = 10;
const form = new RegExp(`^sg_([${alphabet}]{${ID_LENGTH}})_[\\w-]{43}$`);

/** Makes a key that nobody has. */
export function newApiKey(): ApiKey {
  const id = Array.from({ length: ID_LENGTH }, () => alphabet[randomInt(alphabet.length)]).join('');
  return { id, text: `sg_${id}_${randomBytes(32).toString('base64url')}` };
}

/** Reads a text that has the form of a key; nothing where it has not. */
export function readApiKey(text: string): ApiKey | undefined {
  const id = form.exec(text)?.[1];
  return id === undefined ? undefined : { id, text };
}

/** The name under which the holder of a key changes the graph. */
export const nameOfHolder = (name: string, id: string): string => `${name} (${id})`;

const holder = new RegExp(`\\([${alphabet}]{${ID_LENGTH}}\\)$`);

/** Whether a name has the form that only holders of keys have. */
export const looksLikeHolder = (name: string): boolean => holder.test(name);

/** What is kept of a key. The secret is random and long, so a fast hash cannot be searched through. */
export const hashOf = ({ text }: ApiKey): string => createHash('sha256').update(text).digest('hex');

/** Whether a hash is that of a key, in a time that tells nothing of where they differ. */
export function hasHash(key: ApiKey, hash: string): boolean {
  const [own, kept] = [Buffer.from(hashOf(key)), Buffer.from(hash)];
  return own.length === kept.length && timingSafeEqual(own, kept);
}
