/** What an examination has found: something in order, something to look at, or what keeps the server from working. */
export interface Finding {
  readonly state: 'ok' | 'warning' | 'fault';
  /** What was looked at, in one or two words. */
  readonly subject: string;
  /** A sentence about its state. */
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string;
}

type Find = (subject: string, text: string, advice?: string) => Finding;

const finding =
  (state: Finding['state']): Find =>
  (subject, text, advice) => ({ state, subject, text, ...(advice === undefined ? {} : { advice }) });

export const ok: Find = finding('ok');
export const warning: Find = finding('warning');
export const fault: Find = finding('fault');
