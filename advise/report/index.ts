export { advicePage } from './page.ts';
export { adviceJson, adviceText } from './text.ts';
