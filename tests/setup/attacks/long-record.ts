/** A source with a very long note, which the attack on it needs in the graph. */
export const longRecord = {
  slug: 'attack-long-record',
  name: 'A long record',
  type: 'MEDIA',
  reliability: 'LOW',
  addressMissing: true,
  // Three bytes each.
  note: '実'.repeat(49_900),
} as const;
