/** Where the build put the outlines of the world. */
declare const WORLD: string;
