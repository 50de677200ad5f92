import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** An API key: `sg_<id>_<secret>`. The ID identifies it in lists and logs; the secret is 256 random bits. */
export interface ApiKey {
  readonly id: string;
  /** The complete key. */
  readonly text: string;
}

/** Letters and digits without those that look alike. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const ID_LENGTH = 10;
const form = new RegExp(`^sg_([${alphabet}]{${ID_LENGTH}})_[\\w-]{43}$`);

/** Generates a new key. */
export function newApiKey(): ApiKey {
  const id = Array.from({ length: ID_LENGTH }, () => alphabet[randomInt(alphabet.length)]).join('');
  return { id, text: `sg_${id}_${randomBytes(32).toString('base64url')}` };
}

/** Parses a key; undefined if the text does not have the form of a key. */
export function readApiKey(text: string): ApiKey | undefined {
  const id = form.exec(text)?.[1];
  return id === undefined ? undefined : { id, text };
}

/** Name of a key holder in the change log. */
export const nameOfHolder = (name: string, id: string): string => `${name} (${id})`;

const holder = new RegExp(`\\([${alphabet}]{${ID_LENGTH}}\\)$`);

/** Whether a name has the form reserved for key holders. */
export const looksLikeHolder = (name: string): boolean => holder.test(name);

/** The stored hash of a key. The secret is long and random, so a fast hash is safe from brute force. */
export const hashOf = ({ text }: ApiKey): string => createHash('sha256').update(text).digest('hex');

/** Compares the hash of a key in constant time. */
export function hasHash(key: ApiKey, hash: string): boolean {
  const [own, kept] = [Buffer.from(hashOf(key)), Buffer.from(hash)];
  return own.length === kept.length && timingSafeEqual(own, kept);
}
