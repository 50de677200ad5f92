/** Where the build put the style sheet of the Chinese font. */
declare const FONTS: string;

/** Where the build put the outlines of the world. */
declare const WORLD: string;
