/** Whether an address may be a link: `http` and `https` only. */
export const isWebAddress = (address: string): boolean => /^https?:\/\//i.test(address);
