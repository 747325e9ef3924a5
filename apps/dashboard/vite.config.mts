import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  // Relative, so that the page also works below a path of another site.
  base: './',
  plugins: [react()],
  // In its place the server puts a nonce of each answer's own.
  html: { cspNonce: 'slipway-csp-nonce' },
  resolve: {
    alias: [
      ...['admin', 'people', 'queue', 'react', 'session'].map((entry) => ({
        find: `@slipway/sdk/${entry}`,
        replacement: here(`../../libs/sdk/src/${entry}/index.ts`),
      })),
      { find: '@slipway/sdk', replacement: here('../../libs/sdk/src/index.ts') },
    ],
  },
  build: {
    outDir: here('../../dist/apps/dashboard'),
    emptyOutDir: true,
    // Inlined images would be `data:` in style sheets, which the page's Content-Security-Policy refuses.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
