export { type RouterConfig, routerConfig } from './router-config.ts';
