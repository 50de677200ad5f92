/** The build brings GraphQL documents in as their text. */
declare module '*.graphql' {
  const text: string;

  export { text as default };
}
