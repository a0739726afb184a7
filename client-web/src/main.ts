import { mount } from 'svelte';
import './styles/tokens.css';
import './styles/base.css';
import App from './App.svelte';

// The page says by itself, without a script, that it has not started (index.html). A browser that
// understands the syntax may still lack what the pages call: it is told so at once.
const page = document.documentElement;
const target = document.getElementById('app');
try {
  if (target === null || !('timeout' in AbortSignal)) throw new Error('cannot start here');
  mount(App, { target });
  document.getElementById('unstarted')?.remove();
} catch (error) {
  page.classList.add('old');
  throw error;
}
