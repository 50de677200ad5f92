import { defineConfig } from 'vite';
import relay from 'vite-plugin-relay-lite';

// The script `dev` has compiled the queries; to compile them again at each change takes watchman, which few machines have.
export default defineConfig({ plugins: [relay({ codegen: false })] });
