/**
 * Address of the server as this browser reaches it, without a slash at the end. Pages stand directly below it, and name everything
 * from there, so that a proxy may serve them below a path.
 */
export const serverAddress = (): string => new URL('.', location.href).href.slice(0, -1);
