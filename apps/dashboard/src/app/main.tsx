import './mantine-styles';
import './tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';

// A newer version was deployed and the old one's files are gone: its page cannot go on. Not more often than once a
// minute, for a server that lost a file altogether.
window.addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('slipway.reloaded'));
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem('slipway.reloaded', String(Date.now()));
  location.reload();
});

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
