// Overrides of package.json do not travel with a package: what npm pack makes needs a newer Node.js than package.json says.
if (process.env.npm_command === 'pack') {
  console.error(
    'Run npm run tarball instead: it packs the libraries that npm would replace with versions for newer Node.js.',
  );
  process.exit(1);
}
