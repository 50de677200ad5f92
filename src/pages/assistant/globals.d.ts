/** Outlines of the world, which the build draws: the data of an SVG path, one unit is one degree. */
declare const OUTLINE: string;
