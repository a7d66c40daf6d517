export { serviceUrl, urlInside } from './url.ts';
