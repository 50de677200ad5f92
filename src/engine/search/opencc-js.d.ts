declare module 'opencc-js/dict/TSCharacters' {
  /** Pairs of a traditional and a simplified character, as `traditional simplified|traditional simplified`. */
  const characters: string;
  export default characters;
}
